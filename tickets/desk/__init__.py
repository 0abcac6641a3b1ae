"""The staff's desk: pages whose buttons come from the machines and call the services."""

from tickets.desk.case import Part, Room
from tickets.desk.desk import Desk
from tickets.desk.prompts import Prompt

__all__ = ["Desk", "Part", "Prompt", "Room"]
