"""Words for the categories of the monthly report that no code list holds."""

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FROM_HOURS = ("00", "04", "08", "12", "16", "20")
UNTIL = {"00": "04:00", "04": "08:00", "08": "12:00", "12": "16:00", "16": "20:00", "20": "24:00"}

MONTH_LABELS: dict[str, dict[str, str]] = {
    "area": {
        "in_area": "Lives here",
        "out_of_area": "Lives or is placed outside the area",
        "placed_here": "Placed here by another authority",
    },
    "age_band": {
        "under_12": "Under 12",
        "12_to_13": "12 or 13",
        "14_to_15": "14 or 15",
        "16_to_17": "16 or 17",
        "not_known": "Not known",
    },
    "length": {
        "under_6_hours": "Under 6 hours",
        "6_to_24_hours": "6 to under 24 hours",
        "24_to_48_hours": "24 to 48 hours",
        "over_48_hours": "Over 48 hours",
        "not_known": "Not known",
    },
    "send": {
        "none": "None",
        "sen_support": "SEN support",
        "ehc_plan": "Education, health and care plan",
        "not_known": "Not known",
    },
    "part_of_week": {
        f"{day}-{hour}": f"{name}, {hour}:00 to {UNTIL[hour]}"
        for day, name in enumerate(DAYS, 1)
        for hour in FROM_HOURS
    },
}
