"""The workload on other libraries: the same places, checks, texts and events on each."""
