"""A property that is worked out once."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

__all__ = ["Kept"]

Value = TypeVar("Value")


class Kept(Generic[Value]):
    """
    What functools.cached_property is, for what only one thread ever sees.

    Until Python 3.12 that takes a lock, which costs more than most of what is asked of a case.
    """

    def __init__(self, work: Callable[[Any], Value]) -> None:
        """Keep the function, and what it says of itself."""
        self._work = work
        self.__doc__ = work.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        """Take the name under which the value is kept."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...
    def __get__(self, instance: object, owner: type) -> Self | Value:
        """Work the value out, and put it in front of this."""
        if instance is None:
            return self
        value = self._work(instance)
        instance.__dict__[self._name] = value
        return value
