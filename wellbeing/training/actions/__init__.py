"""The only writes to training. Each is atomic and takes who did it.

Places and completions are their own history: what somebody booked stands in no other. Courses and sessions are recorded
as everything else is.
"""
