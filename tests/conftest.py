"""How hard the property tests look: ``--hypothesis-profile=thorough`` looks harder."""

from hypothesis import HealthCheck, settings

# No deadline and no complaint of slowness: how fast a machine is says nothing of the library.
settings.register_profile(
    "default", max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", settings.get_profile("default"), max_examples=2_000)
settings.load_profile("default")
