"""Rows of a complaint: the machine, its arrivals, extensions, decisions, reviews, referrals."""

from complaints.models.arrival import Arrival
from complaints.models.complaint import Complaint
from complaints.models.decision import Decision, Point, Redress
from complaints.models.extension import Extension
from complaints.models.second_look import Referral, Review

__all__ = [
    "Arrival",
    "Complaint",
    "Decision",
    "Extension",
    "Point",
    "Redress",
    "Referral",
    "Review",
]
