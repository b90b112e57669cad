"""Why a network answered as it did: attributions over any model of the registry."""
