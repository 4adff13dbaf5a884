"""The health department: who was seen where, and what colour a person's code has. A guest that can restrict people."""
