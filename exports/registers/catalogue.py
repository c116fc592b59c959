"""Every register that is handed over, by its name."""

from exports.registers import of_continuity, of_dependencies, of_figures, of_prepare, of_risks
from exports.registers.register import Register

EVERY: tuple[Register, ...] = (
    *of_prepare.REGISTERS,
    *of_risks.REGISTERS,
    *of_dependencies.REGISTERS,
    *of_continuity.REGISTERS,
    *of_figures.REGISTERS,
)
REGISTERS: dict[str, Register] = {register.name: register for register in EVERY}
