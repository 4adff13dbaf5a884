"""What happens on the road: violations and their fines, points by cycle, reports with pictures, ages for classes."""
