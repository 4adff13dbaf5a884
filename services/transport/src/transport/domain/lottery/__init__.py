"""The plate lottery (小客车指标摇号): who may enter, how the list is frozen, and a draw that anybody recomputes."""
