"""A screen that grays the keys that make no sense now, and says why when one is pressed all the same."""

from textual.screen import Screen


class GrayingScreen(Screen[None]):
    """Each key does its action; those that would only be refused are gray."""

    def is_gray(self, action: str) -> bool:
        """Whether that action makes no sense now."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grays what makes no sense here."""
        return None if self.is_mounted and self.is_gray(action) else super().check_action(action, parameters)

    def press_gray(self, action: str) -> bool:
        """Says why a gray key does nothing, by asking for it all the same; False where the key is not gray."""
        if not self.is_gray(action):
            return False
        getattr(self, f"action_{action}")()
        return True
