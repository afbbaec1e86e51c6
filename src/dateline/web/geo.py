"""Where a place stands on the map: the Equal Earth projection (Savric, Patterson and Jenny 2018), which shows every
country at its true size beside the others."""

from __future__ import annotations

import math
from typing import Final

WIDTH: Final = 1000
HEIGHT: Final = 487
_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M: Final = math.sqrt(3) / 2


def project(longitude: float, latitude: float) -> tuple[float, float]:
    """The point of a place (WGS 84 degrees) on a drawing of `WIDTH` by `HEIGHT`, from its upper left corner."""
    lambda_, phi = math.radians(longitude), math.radians(max(-90.0, min(90.0, latitude)))
    x, y = _equal_earth(lambda_, phi)
    half, _ = _equal_earth(math.pi, 0)
    _, top = _equal_earth(0, math.pi / 2)
    return (x / half + 1) * WIDTH / 2, (1 - y / top) * HEIGHT / 2


def _equal_earth(lambda_: float, phi: float) -> tuple[float, float]:
    theta = math.asin(_M * math.sin(phi))
    square = theta * theta
    sixth = square**3
    x = lambda_ * math.cos(theta) / (_M * (_A1 + 3 * _A2 * square + sixth * (7 * _A3 + 9 * _A4 * square)))
    return x, theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
