"""What is asked before a device is erased, and what is said once something is ordered."""

from PySide6.QtCore import QCoreApplication

from client.shell.messages import Asked

translate = QCoreApplication.translate


def question(deed: str, name: str) -> Asked:
    """What is asked before what cannot be undone. deed: lost or wipe; name: of the device."""
    no = translate("DevicesPage", "Cancel")
    if deed == "lost":
        title = translate("DevicesPage", "Report {name} lost?")
        words = translate(
            "DevicesPage",
            "It is blocked at once, and what the school keeps of its keys is destroyed. At its next contact it erases "
            "everything; that cannot be undone.",
        )
        return Asked(title.format(name=name), words, translate("DevicesPage", "Report it lost"), no)
    title = translate("DevicesPage", "Erase {name}?")
    words = translate(
        "DevicesPage",
        "It is blocked at once. At its next contact it sends what waits, then erases all; that cannot be undone.",
    )
    return Asked(title.format(name=name), words, translate("DevicesPage", "Erase"), no)


def said_of(deed: str) -> str:
    """What has just been ordered, in a sentence."""
    return {
        "lost": translate("DevicesPage", "Reported lost and blocked. Below is what was on it."),
        "wipe": translate("DevicesPage", "Blocked. It erases everything at its next contact."),
        "suspend": translate("DevicesPage", "Blocked. It closes at its next contact and opens no more."),
        "reinstate": translate("DevicesPage", "Let in again. Its teacher signs in once."),
    }[deed]
