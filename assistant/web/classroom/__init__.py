"""A class on the screens of its people: plain HTML pages for trainees (/join/), for the trainer (/class/), and for whoever practises alone (/practice/)."""

from assistant.web.classroom.mounting import classroom_routes

__all__ = ["classroom_routes"]
