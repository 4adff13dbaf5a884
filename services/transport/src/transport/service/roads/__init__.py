"""Use cases of the road: violations, points, reports, and the matters that citizens apply for."""
