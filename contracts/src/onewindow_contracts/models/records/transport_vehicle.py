# Generated from contracts/records/transport/vehicle.v1.json by `onewindow contracts generate`; do not edit.

from __future__ import annotations

from typing import Annotated, Literal

from onewindow_contracts.common import (
    CodeValue,
    Contract,
    Day,
    Id,
    Line,
    Name,
    Uscc,
    Vin,
)
from pydantic import ConfigDict, Field
from typing_extensions import TypeAliasType

PlateType = TypeAliasType(
    "PlateType",
    Annotated[
        Literal["01", "02", "07", "08", "15", "16", "51", "52"],
        Field(
            description="GA/T 16.7: 01 large, 02 small, 07 and 08 motorcycles, 15 trailer, 16 training, 51 and 52 large and small new-energy vehicles."
        ),
    ],
)


PlateNumber = TypeAliasType(
    "PlateNumber",
    Annotated[
        str,
        Field(
            description="GA 36: office prefix and five serial characters, six on new-energy plates; no I and O.",
            max_length=8,
            min_length=7,
            pattern="^[京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新][A-HJ-NP-Z]([A-HJ-NP-Z0-9]{5}|[A-HJ-NP-Z0-9]{4}[挂学]|[0-9]{5}[A-HJK]|[A-HJK][A-HJ-NP-Z0-9][0-9]{4})$",
        ),
    ],
)


Colour = TypeAliasType(
    "Colour",
    Annotated[
        Literal["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "Z"],
        Field(description="Main colour of the body (GA 24.8)."),
    ],
)


Energy = TypeAliasType(
    "Energy",
    Annotated[
        Literal["A", "B", "C", "D", "E", "F", "L", "M", "N", "O", "Y", "Z"],
        Field(description="Fuel or energy (GA 24.9); C is battery-electric, O hybrid."),
    ],
)


VehicleState = TypeAliasType(
    "VehicleState",
    Annotated[
        Literal["registered", "deregistered"],
        Field(description="On the register or off it."),
    ],
)


DeregistrationReason = TypeAliasType(
    "DeregistrationReason",
    Annotated[
        Literal["scrapped", "lost", "exported", "returned", "transferred-out"],
        Field(description="Why the vehicle left the register."),
    ],
)


class VehicleMortgage(Contract):
    """
    A mortgage on the vehicle.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[Id, Field(description="Names the mark in commands.")]
    mortgagee_code: Uscc
    mortgagee: Annotated[
        Name, Field(description="The organisation's name as registered.")
    ]
    since: Annotated[Day, Field(description="The day of entry.")]


class VehicleFreeze(Contract):
    """
    A freeze that a court or authority ordered.
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    id: Annotated[Id, Field(description="Names the mark in commands.")]
    ordered_by: Annotated[Name, Field(description="The court or authority.")]
    document: Annotated[Line, Field(description="The order's document number.")]
    since: Annotated[Day, Field(description="First day.")]
    until: Annotated[Day, Field(description="Last day.")]


class Plate(Contract):
    """
    A plate is its type and its number together (GA 36).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    type: PlateType
    number: PlateNumber
    since: Annotated[
        Day,
        Field(
            description="Since when the plate is on this vehicle; a year of use founds the right to reclaim it."
        ),
    ]


class Vehicle(Contract):
    """
    A motor vehicle as the register holds it. Its owner is the envelope's subject (role owner).
    """

    model_config = ConfigDict(
        extra="forbid",
    )
    vin: Vin
    plate: Annotated[
        Plate | None,
        Field(description="The plate on the vehicle; null when there is none."),
    ]
    kind: Annotated[CodeValue, Field(description="What kind of vehicle (GA/T 16.4).")]
    make: Annotated[Line, Field(description="The maker's brand.")]
    model: Annotated[Line, Field(description="The maker's model designation.")]
    colour: Colour
    energy: Energy
    use: Annotated[
        CodeValue, Field(description="What the vehicle is used for (GA/T 16.3).")
    ]
    state: VehicleState
    first_registered_on: Annotated[
        Day, Field(description="The day of the vehicle's first registration anywhere.")
    ]
    owner_since: Annotated[
        Day, Field(description="Since when the present owner owns it in the register.")
    ]
    mortgages: Annotated[
        list[VehicleMortgage],
        Field(
            description="Mortgages that stand on the vehicle; discharged ones are gone.",
            max_length=20,
        ),
    ]
    freezes: Annotated[
        list[VehicleFreeze],
        Field(
            description="Freezes in the order in which they were entered; lifted ones are gone.",
            max_length=50,
        ),
    ]
    deregistration_reason: Annotated[
        DeregistrationReason | None, Field(description="Null while registered.")
    ]
