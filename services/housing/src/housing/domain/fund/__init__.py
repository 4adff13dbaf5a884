"""The housing provident fund's rules (Regulations on the Management of Housing Provident Funds), without a database."""
