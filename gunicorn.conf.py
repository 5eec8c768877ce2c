"""gunicorn's settings; it reads this file by itself when started from here.

There is no access log: who looked at whom is written nowhere. The proxy's must be off as well
(docs/deploying.md).
"""

import os

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60  # seconds
graceful_timeout = 15  # seconds
max_requests, max_requests_jitter = 5000, 500
accesslog = None
loglevel = "warning"
control_socket_disable = True  # its place is one per user, and several copies may run
