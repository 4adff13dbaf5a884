"""How much one client may ask, and what browsers of which origin may see: decided before anything expensive."""

from gateway.limits.buckets import Buckets

__all__ = ["Buckets"]
