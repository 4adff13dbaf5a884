"""The housing department: real-estate titles, the mortgages that follow them and the freezes that stop them."""
