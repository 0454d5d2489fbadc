"""The field of a battle: its ground, light, wind, the shapes that lie on it, and its heights."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from affray.scenario.fields import (
    Facing,
    FreePoint,
    Name,
    Number,
    Seconds,
    Section,
    Share,
    Switch,
    key,
    wrong,
)
from affray.world.limits import FIELD_SIDE_M, POLYGON_POINTS, RASTER_SIDE, TERRAIN_SHAPES

Absorbency = Annotated[float, Number("L/m2", 0.0, 50.0)]
Extent = Annotated[float, Number("m", 0.1, FIELD_SIDE_M)]
SHAPES = ("circle", "rect", "polygon", "band")


class Ground(Section):
    """The ground wherever no terrain shape says otherwise."""

    absorbency: Absorbency = key(
        "blood that the soil soaks up before it pools (4 mm of it are 4 L/m2)", 4.0
    )
    soaked: Share = key("share of the absorbency that is used up when the battle opens", 0.0)
    blood: Absorbency = key(
        "blood shed over the field before the battle opens, besides what is soaked up: the soil "
        "takes what it still can, the rest pools",
        0.0,
    )
    blood_age: Seconds = key(
        "how long ago the blood fell that lies there when the battle opens: it dries with time",
        0.0,
    )
    grass: Share = key("how much grass stands", 0.5)
    going: Share = key("how good it is to walk on: 1 firm, 0.3 deep mud, 0 nobody can pass", 1.0)


class Wind(Section):
    """Wind carries smell, sound and missiles."""

    toward: Facing = key(
        "direction the wind blows to: 0 deg = east, counter-clockwise, or north, southwest, ...",
        0.0,
        live=True,
    )
    speed: Annotated[float, Number("m/s", 0.0, 40.0)] = key("speed of the wind", 0.0, live=True)


class Circle(Section):
    """A round patch."""

    at: FreePoint = key("centre [x, y]")
    radius: Extent = key("radius")


class Rect(Section):
    """A rectangle along the axes."""

    from_: FreePoint = key("one corner [x, y]", alias="from")
    to: FreePoint = key("the opposite corner [x, y]")


class Band(Section):
    """A straight strip, such as a stream, a road or a wall."""

    from_: FreePoint = key("one end [x, y]", alias="from")
    to: FreePoint = key("the other end [x, y]")
    width: Extent = key("width of the strip")


class Terrain(Section):
    """A shape on the field and what is different there. Later shapes lie over earlier ones.

    What a shape does not say stays as it is beneath.
    """

    name: Name | None = key("a name for people and for `--set`", None)
    circle: Circle | None = key("the shape is a circle", None)
    rect: Rect | None = key("the shape is a rectangle", None)
    polygon: (
        Annotated[tuple[FreePoint, ...], Field(min_length=3, max_length=POLYGON_POINTS)] | None
    ) = key("the shape is a polygon: its corners in order", None)
    band: Band | None = key("the shape is a straight strip", None)
    going: Share | None = key("how good it is to walk on: 1 firm, 0 nobody can pass", None)
    cover: Share | None = key("share of missiles that it stops for whoever stands in it", None)
    concealment: Share | None = key("how well it hides whoever stands in it", None)
    height: Annotated[float, Number("m", -100.0, 500.0)] | None = key(
        "height of what stands there (a hedge) or of the rise, above the field", None
    )
    blocks_sight: Switch | None = key("nobody sees through it", None)
    climbable: Switch | None = key("can be climbed", None)
    light: Share | None = key("light there: 1 noon, 0 none", None, live=True)
    absorbency: Absorbency | None = key("blood that its soil soaks up", None)
    soaked: Share | None = key("share of the absorbency used up at the start", None)
    blood: Absorbency | None = key("blood shed over it before the battle opens", None)
    blood_age: Seconds | None = key("how long ago the blood fell that lies there", None)
    grass: Share | None = key("how much grass stands", None)

    @model_validator(mode="after")
    def _one_shape(self) -> Terrain:
        given = [shape for shape in SHAPES if getattr(self, shape) is not None]
        if len(given) != 1:
            found = "none is given" if not given else f"{' and '.join(given)} are given"
            raise wrong(
                f"a terrain entry has exactly one shape out of {', '.join(SHAPES)}; {found}"
            )
        return self


class Heights(Section):
    """A raster of heights, stretched over the field. The first row is the northern edge (largest
    y).
    """

    rows: tuple[tuple[Annotated[float, Number("m", -500.0, 9000.0)], ...], ...] | None = key(
        f"rows of heights from north to south, each from west to east; at most {RASTER_SIDE} "
        f"× {RASTER_SIDE}",
        None,
    )
    file: Annotated[str, Field(max_length=300)] | None = key(
        "instead of rows: a text file below the scenario's folder, one row a line, heights "
        "parted by spaces or commas; its rows are taken into the scenario when it is read",
        None,
    )

    @model_validator(mode="after")
    def _even_rows(self) -> Heights:
        if (self.rows is None) == (self.file is None):
            raise wrong("heights are given either as rows or as a file")
        if self.rows is not None:
            widths = {len(row) for row in self.rows}
            if len(widths) != 1 or len(self.rows) < 2 or min(widths) < 2:
                raise wrong("rows of heights must be equally long, at least 2 × 2")
            if len(self.rows) > RASTER_SIDE or max(widths) > RASTER_SIDE:
                raise wrong(f"rows of heights may be at most {RASTER_SIDE} × {RASTER_SIDE}")
        return self


class FieldOfBattle(Section):
    """The field: x runs east, y north, from [0, 0] in the south-west corner."""

    size: tuple[
        Annotated[float, Number("m", 10.0, FIELD_SIDE_M)],
        Annotated[float, Number("m", 10.0, FIELD_SIDE_M)],
    ] = key("width and height")
    ground: Ground = key("the ground wherever no terrain shape says otherwise", Ground())
    light: Share = key("light: 1 noon, 0.1 deep dusk, 0 none", 1.0, live=True)
    wind: Wind = key("the wind", Wind(), live=True)
    terrain: Annotated[tuple[Terrain, ...], Field(max_length=TERRAIN_SHAPES)] = key(
        "shapes on the field; later ones lie over earlier ones", ()
    )
    heights: Heights | None = key("heights of the field", None)


def rows_of_heights(text: str) -> list[list[str]]:
    """The rows in the text of a heights file, as text."""
    lines = [line.replace(",", " ").split() for line in text.splitlines()]
    return [line for line in lines if line]
