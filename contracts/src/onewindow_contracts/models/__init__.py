"""Generated models; the files beside this one are not edited by hand."""
