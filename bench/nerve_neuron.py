# SPDX-License-Identifier: Apache-2.0
"""The axon of McIntyre, Richardson & Grill (J Neurophysiol 2002;87:995) in NEURON, built from the paper's figures, to hold
src/tissue/cable.c against.

    nerve_neuron.py FOLDER times       wall time, spike times and step of a run, a line per step: for bench_nerve
    nerve_neuron.py FOLDER reference   the reference numbers, tests/tissue/cable_neuron.inc

NEURON and the compiled membrane are put into FOLDER when they are not there; without NEURON it says so and exits with 2."""
import math
import os
import pathlib
import subprocess
import sys
import time

here = pathlib.Path(__file__).resolve().parent
version = "9.0.2"


def enter(folder):
    """Starts again with the Python of FOLDER, where NEURON is installed."""
    python = folder / "bin/python"
    if pathlib.Path(sys.prefix).resolve() == folder.resolve():
        return
    try:
        if not (folder / "x86_64").exists() and not (folder / "arm64").exists():
            print(f"installing NEURON {version} into {folder}", file=sys.stderr)
            subprocess.run([sys.executable, "-m", "venv", folder], check=True, stdout=subprocess.DEVNULL)
            subprocess.run([python, "-m", "pip", "install", "-q", f"neuron=={version}", "setuptools"], check=True, stdout=subprocess.DEVNULL)
            (folder / "mod").mkdir(exist_ok=True)
            (folder / "mod/mrg_node.mod").write_text((here / "mrg_node.mod").read_text())
            paths = {**os.environ, "PATH": f"{folder / 'bin'}:{os.environ['PATH']}"}
            subprocess.run([folder / "bin/nrnivmodl", "mod"], cwd=folder, env=paths, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    except (subprocess.CalledProcessError, OSError) as error:
        print(f"NEURON is missing and could not be installed: {error}", file=sys.stderr)
        sys.exit(2)
    os.chdir(folder)
    os.environ["NEURON_MODULE_OPTIONS"] = "-nogui"
    os.execv(python, [python, str(here / "nerve_neuron.py"), str(folder), *sys.argv[2:]])


class Axon:
    nodes, fiber, axon, narrow, spacing, mysa, flut, lamellae = 21, 10.0, 6.9, 3.3, 1150.0, 3.0, 46.0, 120
    resistivity, gap_mysa, gap = 70.0, 0.002, 0.004  # ohm cm, um

    def __init__(self, h):
        self.h, self.sections = h, []
        stin = (self.spacing - 1 - 2 * self.mysa - 2 * self.flut) / 6
        inner = [("mysa", self.mysa), ("flut", self.flut)] + 6 * [("stin", stin)] + [("flut", self.flut), ("mysa", self.mysa)]
        self.node = []
        for k in range(self.nodes):
            self.node.append(self.section("node", 1.0))
            if k < self.nodes - 1:
                for kind, length in inner:
                    self.section(kind, length)
        for a, b in zip(self.sections, self.sections[1:]):
            b.connect(a(1), 0)

    def section(self, kind, length):
        s = self.h.Section(name=f"{kind}{len(self.sections)}")
        inside = self.narrow if kind in ("node", "mysa") else self.axon
        gap = self.gap_mysa if kind in ("node", "mysa") else self.gap
        ring = math.pi * ((inside / 2 + gap) ** 2 - (inside / 2) ** 2)  # um2
        s.nseg, s.L = 1, length
        s.insert("extracellular")
        s.xraxial[0] = self.resistivity / (ring * 1e-8) * 1e-6  # Mohm/cm
        if kind == "node":
            s.diam, s.Ra, s.cm = inside, self.resistivity, 2
            s.insert("mrgnode")
            s.xg[0], s.xc[0] = 1e10, 0
        else:  # on the area of the fiber
            part = inside / self.fiber
            s.diam, s.Ra, s.cm = self.fiber, self.resistivity / part**2, 2 * part
            s.insert("pas")
            s.g_pas, s.e_pas = (0.001 if kind == "mysa" else 0.0001) * part, -80
            s.xg[0], s.xc[0] = 0.001 / (2 * self.lamellae), 0.1 / (2 * self.lamellae)
        self.sections.append(s)
        return s

    def reversals(self, potassium, leak, internode):
        for s in self.sections:
            if s.name().startswith("node"):
                s.ek_mrgnode, s.el_mrgnode = potassium, leak
            else:
                s.e_pas = internode

    def run(self, dt, current, start, width, until, settled=None):
        """Spike times (rise through 0 mV, interpolated) at nodes 10 and 16, the potential of node 10 at the start, the
        highest of node 16, the wall time in ms."""
        h = self.h
        h.celsius, h.dt = 37, dt
        clamp = h.IClamp(self.node[10](0.5))
        clamp.delay, clamp.dur, clamp.amp = start, width, current
        record = [h.Vector().record(self.node[k](0.5)._ref_v) for k in (10, 16)]
        h.finitialize(-80)
        if settled:
            settled.restore()
            h.t = 0
            h.fcurrent()
            h.frecord_init()
        pc = h.ParallelContext()
        pc.set_maxstep(10)
        began = time.perf_counter()
        pc.psolve(until)
        wall = 1e3 * (time.perf_counter() - began)
        ten, sixteen = (list(r) for r in record)
        return crossing(ten, dt), crossing(sixteen, dt), ten[0], max(sixteen), wall

    def settle(self, time=200):
        """The state after `time` ms without a current."""
        self.run(0.025, 0, 0, 0, time)
        state = self.h.SaveState()
        state.save()
        return state


def crossing(v, dt):
    for i in range(1, len(v)):
        if v[i - 1] < 0 <= v[i]:
            return dt * (i - v[i] / (v[i] - v[i - 1]))
    return 0.0  # never


def limit(f, dt=0.005):
    """What f(step) tends to; NEURON is of first order here."""
    return [2 * b - a for a, b in zip(f(dt), f(dt / 2))]


def threshold(axon, settled, width, dt):
    low, high = 0.0, 4.0
    while high - low > 0.0002:
        middle = (low + high) / 2
        peak = axon.run(dt, middle, 0, width, width + 2, settled)[3]
        low, high = (low, middle) if peak > 0 else (middle, high)
    return [(low + high) / 2]


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    enter(folder)
    from neuron import h
    h.load_file("stdrun.hoc")
    axon = Axon(h)
    if sys.argv[2] == "times":
        for dt in (0.025, 0.01, 0.005, 0.0025, 0.00125):
            runs = [axon.run(dt, 2, 0.5, 0.1, 2) for _ in range(3)]
            print(dt, f"{runs[0][0]:.6f} {runs[0][1]:.6f} {min(r[4] for r in runs):.3f}", flush=True)
        return
    print("/* {reversal of potassium, leak, internode}, rest, threshold at 0.1 and 1 ms, passage of nodes 10 and 16 */")
    for reversal in ((-102.56, -90, -80), (-90, -90, -80), (-79.16, -90, -80), (-102.56, -102.56, -92.56)):
        axon.reversals(*reversal)
        settled = axon.settle()
        rest = axon.run(0.005, 0, 0, 0, 0.1, settled)[2]
        brief, longer = (limit(lambda dt: threshold(axon, settled, width, dt))[0] for width in (0.1, 1))
        ten, sixteen = limit(lambda dt: axon.run(dt, 2, 0, 0.1, 1, settled)[:2])
        print(f"{{{{{reversal[0]}, {reversal[1]}, {reversal[2]}}}, {rest:.3f}, {brief:.4f}, {longer:.4f}, {ten:.5f}, {sixteen:.5f}}},", flush=True)


main()
