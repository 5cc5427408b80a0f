"""Who does something, and what their role and clearance allow."""

from __future__ import annotations

from dataclasses import dataclass

from claims.analysis.vocabulary import Role, Sensitivity
from claims.errors import NotPermitted

_ROLES = tuple(Role)
_CLEARANCES = tuple(Sensitivity)


@dataclass(frozen=True, slots=True)
class Actor:
    """The contributor on whose behalf an action runs."""

    name: str
    role: Role = Role.ENTERER
    clearance: Sensitivity = Sensitivity.PUBLIC

    def may_see(self, sensitivity: Sensitivity) -> bool:
        """Whether the clearance goes as far; each clearance holds the former."""
        return _CLEARANCES.index(self.clearance) >= _CLEARANCES.index(sensitivity)

    def require(self, role: Role, to_do: str) -> None:
        """Checks that the role goes as far; each role holds the former.

        Raises:
            NotPermitted: it does not; the message names the role that would.
        """
        if _ROLES.index(self.role) < _ROLES.index(role):
            message = (
                f"{self.name!r} has the role {self.role.value}, which may not {to_do}; "
                f"ask somebody with the role {role.value} or higher"
            )
            raise NotPermitted(message)
