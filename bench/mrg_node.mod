: SPDX-License-Identifier: Apache-2.0
: The node of McIntyre, Richardson & Grill, J Neurophysiol 2002;87:995, from the figures of the paper.
NEURON {
    SUFFIX mrgnode
    NONSPECIFIC_CURRENT i
    RANGE gnaf, gnap, gks, gl, ena, ek, el
}
UNITS {
    (mV) = (millivolt)
    (mA) = (milliamp)
    (S) = (siemens)
}
PARAMETER {
    gnaf = 3 (S/cm2)
    gnap = 0.01 (S/cm2)
    gks = 0.08 (S/cm2)
    gl = 0.007 (S/cm2)
    ena = 50 (mV)
    ek = -90 (mV)
    el = -90 (mV)
}
ASSIGNED { v (mV) i (mA/cm2) celsius (degC) qm qh qs }
STATE { m h p s }
INITIAL {
    qm = 2.2^((celsius - 20) / 10)
    qh = 2.9^((celsius - 20) / 10)
    qs = 3.0^((celsius - 36) / 10)
    m = opens_m(v) / (opens_m(v) + shuts_m(v))
    h = opens_h(v) / (opens_h(v) + shuts_h(v))
    p = opens_p(v) / (opens_p(v) + shuts_p(v))
    s = opens_s(v) / (opens_s(v) + shuts_s(v))
}
BREAKPOINT {
    SOLVE gates METHOD cnexp
    i = (gnaf * m*m*m*h + gnap * p*p*p) * (v - ena) + gks * s * (v - ek) + gl * (v - el)
}
DERIVATIVE gates {
    m' = opens_m(v) * (1 - m) - shuts_m(v) * m
    h' = opens_h(v) * (1 - h) - shuts_h(v) * h
    p' = opens_p(v) * (1 - p) - shuts_p(v) * p
    s' = opens_s(v) * (1 - s) - shuts_s(v) * s
}
FUNCTION linoid(x (mV), k (mV)) (mV) {
    if (fabs(x / k) < 1e-6) { linoid = k + x / 2 } else { linoid = x / (1 - exp(-x / k)) }
}
FUNCTION opens_m(v (mV)) { opens_m = qm * 1.86 * linoid(v + 21.4, 10.3) }
FUNCTION shuts_m(v (mV)) { shuts_m = qm * 0.086 * linoid(-(v + 25.7), 9.16) }
FUNCTION opens_h(v (mV)) { opens_h = qh * 0.062 * linoid(-(v + 114), 11) }
FUNCTION shuts_h(v (mV)) { shuts_h = qh * 2.3 / (1 + exp(-(v + 31.8) / 13.4)) }
FUNCTION opens_p(v (mV)) { opens_p = qm * 0.01 * linoid(v + 27, 10.2) }
FUNCTION shuts_p(v (mV)) { shuts_p = qm * 0.00025 * linoid(-(v + 34), 10) }
FUNCTION opens_s(v (mV)) { opens_s = qs * 0.3 / (1 + exp(-(v + 53) / 5)) }
FUNCTION shuts_s(v (mV)) { shuts_s = qs * 0.03 / (1 + exp(-(v + 90))) }
