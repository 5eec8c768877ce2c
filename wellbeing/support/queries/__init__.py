"""What is shown of topics, services and guidance, and what is due."""

from .guidance import guidance_to_review, published_guidance
from .services import urgent_groups

__all__ = ["guidance_to_review", "published_guidance", "urgent_groups"]
