import hypothesis

pytest_plugins = ["tests.cast"]

# Examples are drawn on a machine that also runs browsers and servers: how long one takes says nothing about the code.
hypothesis.settings.register_profile(
    "busy machine", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("busy machine")
