/* SPDX-License-Identifier: Apache-2.0 */
#include "tissue/cable.h"

#define ML_LANES 8
#include "lanes/real.h"

#include <math.h>
#include <string.h>

#define PARAM(id, unit, value, text, source) static const double id = value;
#include "tissue/tables/cable.def"
#undef PARAM

enum { LANES = 8, GROUPS = ML_CABLE_WIDTH / LANES, INNER = ML_CABLE_INNER, NODES = ML_CABLE_NODES };
enum { GATE_m, GATE_h, GATE_p, GATE_s, NGATE };

/* ---- geometry: capacities nF, conductances uS ---- */

typedef struct Segment {
    double length, diameter, gap, conductance; /* um, um, um, S/cm2 */
} Segment;

typedef struct Internode {
    double capacity[INNER], leak[INNER], myelin_capacity[INNER], myelin_leak[INNER];
    double within[INNER + 1], under[INNER + 1]; /* from each segment to the one before; the ends to the nodes */
} Internode;

static const double cm_per_um = 1e-4, nf_per_uf = 1e3, us_per_s = 1e6;

static double pi(void) { return acos(-1); }

static double area(double diameter, double length) { return pi() * diameter * length * cm_per_um * cm_per_um; }

static Segment segment(int k) {
    const int from_end = k < INNER - 1 - k ? k : INNER - 1 - k;
    const double flut = cable_flut_length, mysa = cable_mysa_length;
    const double stin = (cable_spacing - cable_node_length - 2 * mysa - 2 * flut) / (INNER - 4);
    if (from_end == 0) return (Segment){mysa, cable_node_diameter, cable_mysa_gap, cable_mysa_conductance};
    return (Segment){from_end == 1 ? flut : stin, cable_axon_diameter, cable_gap, cable_internode_conductance};
}

/* Resistance of half a segment, Mohm, within the axon and under the myelin. */
static double half_within(Segment s) {
    return 0.5 * cable_resistivity * s.length * cm_per_um / (pi() / 4 * pow(s.diameter * cm_per_um, 2)) / us_per_s;
}

static double half_under(Segment s) {
    const double inside = s.diameter / 2, outside = inside + s.gap;
    const double section = pi() * (outside * outside - inside * inside) * cm_per_um * cm_per_um;
    return 0.5 * cable_resistivity * s.length * cm_per_um / section / us_per_s;
}

static Internode internode(void) {
    const Segment node = {cable_node_length, cable_node_diameter, cable_mysa_gap, 0};
    Internode n;
    Segment last = node;
    for (int k = 0; k <= INNER; k++) {
        const Segment s = k < INNER ? segment(k) : node;
        n.within[k] = 1 / (half_within(last) + half_within(s));
        n.under[k] = 1 / (half_under(last) + half_under(s));
        last = s;
        if (k == INNER) break;
        /* the axolemma is laid out on the area of the axon, the myelin on that of the fiber */
        const double axon = area(s.diameter, s.length), fiber = area(cable_fiber_diameter, s.length);
        n.capacity[k] = nf_per_uf * cable_capacity * axon;
        n.leak[k] = us_per_s * s.conductance * axon;
        n.myelin_capacity[k] = nf_per_uf * cable_myelin_capacity / (2 * cable_lamellae) * fiber;
        n.myelin_leak[k] = us_per_s * cable_myelin_conductance / (2 * cable_lamellae) * fiber;
    }
    return n;
}

/* ---- elimination of an internode ---- */

static MlCableFactors factor(const Internode *n, double rate) {
    MlCableFactors f = {.rate = rate};
    for (int k = 0; k < INNER; k++) {
        const double wall = rate * n->capacity[k] + n->leak[k];
        double ii = wall + n->within[k] + n->within[k + 1], ix = -wall;
        double xx = wall + rate * n->myelin_capacity[k] + n->myelin_leak[k] + n->under[k] + n->under[k + 1];
        if (k) {
            const double *before = f.inverse[k - 1], w = n->within[k], u = n->under[k];
            ii -= w * w * before[0], ix -= w * u * before[1], xx -= u * u * before[2];
        }
        const double determinant = ii * xx - ix * ix;
        f.inverse[k][0] = xx / determinant, f.inverse[k][1] = -ix / determinant, f.inverse[k][2] = ii / determinant;
    }
    return f;
}

ML_INLINE void apply(const double *inverse, real *i, real *x) {
    const real a = *i, b = *x;
    *i = inverse[0] * a + inverse[1] * b;
    *x = inverse[1] * a + inverse[2] * b;
}

/* Right sides become potentials, for nodes at 0. */
ML_INLINE void solve_inner(const Internode *n, const MlCableFactors *f, real (*v)[2]) {
    apply(f->inverse[0], &v[0][0], &v[0][1]);
    for (int k = 1; k < INNER; k++) {
        v[k][0] += n->within[k] * v[k - 1][0], v[k][1] += n->under[k] * v[k - 1][1];
        apply(f->inverse[k], &v[k][0], &v[k][1]);
    }
    for (int k = INNER - 2; k >= 0; k--) {
        real i = n->within[k + 1] * v[k + 1][0], x = n->under[k + 1] * v[k + 1][1];
        apply(f->inverse[k], &i, &x);
        v[k][0] += i, v[k][1] += x;
    }
}

/* The answer to 1 mV at the left node; that to the right one is its mirror image, for the internode is symmetric. */
static MlCableFactors factors(const Internode *n, double rate) {
    MlCableFactors f = factor(n, rate);
    real v[INNER][2];
    memset(v, 0, sizeof v);
    v[0][0] = r_of(n->within[0]);
    solve_inner(n, &f, v);
    for (int k = 0; k < INNER; k++) f.answer[k][0] = v[k][0][0], f.answer[k][1] = v[k][1][0];
    return f;
}

/* ---- the membrane of the node ---- */

/* x / (1 - exp(-x / slope)) */
ML_INLINE real linoid(real x, double slope) {
    const double tiny = 1e-6 * slope;
    const real y = r_select(r_lt(r_abs(x), r_of(tiny)), r_of(tiny), x);
    return y / (1.0 - r_exp(-y / slope));
}

ML_INLINE void rates(int g, real v, real *open, real *shut) {
    switch (g) {
    case GATE_m:
        *open = cable_m_open * linoid(v - cable_m_open_at, cable_m_open_slope);
        *shut = cable_m_shut * linoid(cable_m_shut_at - v, cable_m_shut_slope);
        break;
    case GATE_h:
        *open = cable_h_open * linoid(cable_h_open_at - v, cable_h_open_slope);
        *shut = cable_h_shut * r_sigmoid((v - cable_h_shut_at) / cable_h_shut_slope);
        break;
    case GATE_p:
        *open = cable_p_open * linoid(v - cable_p_open_at, cable_p_open_slope);
        *shut = cable_p_shut * linoid(cable_p_shut_at - v, cable_p_shut_slope);
        break;
    default:
        *open = cable_s_open * r_sigmoid((v - cable_s_open_at) / cable_s_open_slope);
        *shut = cable_s_shut * r_sigmoid((v - cable_s_shut_at) / cable_s_shut_slope);
    }
}

static double speed(int g) {
    const double q10[NGATE] = {cable_q10_m, cable_q10_h, cable_q10_m, cable_q10_s}, from[NGATE] = {20, 20, 20, 36};
    return pow(q10[g], (cable_temperature - from[g]) / 10);
}

typedef struct NodeMembrane {
    double conductance[ML_CABLE_WIDTH], drive[ML_CABLE_WIDTH]; /* uS, nA */
} NodeMembrane;

/* ---- steps ---- */

ML_INLINE real load(const double *from) {
    real x;
    memcpy(&x, from, sizeof x);
    return x;
}

ML_INLINE void store(double *to, real x) { memcpy(to, &x, sizeof x); }

/* Gates over the step, at the potential of its middle; what they conduct at its end. */
ML_INLINE void step_gates(MlCable *c, const double *speeds, double area_node, NodeMembrane *m) {
    const double scale = us_per_s * area_node;
    for (int j = 0; j < ML_CABLE_WIDTH; j += LANES) {
        const real now = load(c->node[0] + j), ago = load(c->node[1] + j);
        const real v = c->fresh ? now : 1.5 * now - 0.5 * ago;
        real x[NGATE];
        for (int g = 0; g < NGATE; g++) {
            real open, shut;
            rates(g, v, &open, &shut);
            const real sum = open + shut, end = open / sum;
            x[g] = end + (load(c->gate[g] + j) - end) * r_exp(-c->dt * speeds[g] * sum);
            store(c->gate[g] + j, x[g]);
        }
        const real na = scale * (cable_naf * (x[GATE_m] * x[GATE_m] * x[GATE_m] * x[GATE_h]) +
                                     cable_nap * (x[GATE_p] * x[GATE_p] * x[GATE_p]));
        const real k = scale * cable_ks * x[GATE_s];
        const double leak = scale * cable_leak;
        store(m->conductance + j, na + k + leak);
        store(m->drive + j, na * cable_sodium_reversal + k * c->membrane.potassium + leak * c->membrane.leak);
    }
}

/* What the past contributes to capacity * d/dt: (2 now - ago / 2) / dt, or now / dt at a start. */
ML_INLINE real past(const MlCable *c, real now, real ago) {
    return c->fresh ? now / c->dt : (2.0 * now - 0.5 * ago) / c->dt;
}

/* Potentials of the internodes of a group for nodes at 0. */
ML_INLINE void inner_alone(const MlCable *c, const Internode *n, const MlCableFactors *f, int j, real (*v)[2]) {
    for (int k = 0; k < INNER; k++) {
        const real x = past(c, load(c->inner[0][k][1] + j), load(c->inner[1][k][1] + j));
        const real i = past(c, load(c->inner[0][k][0] + j), load(c->inner[1][k][0] + j));
        v[k][0] = n->capacity[k] * (i - x) + n->leak[k] * c->membrane.internode;
        v[k][1] = n->myelin_capacity[k] * x - v[k][0];
    }
    solve_inner(n, f, v);
}

/* The nodes: what is left when the internodes are eliminated. Thomas. */
static void solve_nodes(const double *diagonal, double side, double *right) {
    double factor_at[NODES];
    for (int j = 0; j < NODES; j++) {
        const double whole = diagonal[j] - (j ? side * factor_at[j - 1] : 0);
        factor_at[j] = side / whole;
        right[j] = (right[j] + (j ? side * right[j - 1] : 0)) / whole;
    }
    for (int j = NODES - 2; j >= 0; j--) right[j] += factor_at[j] * right[j + 1];
}

static void node_potentials(MlCable *c, const Internode *n, const MlCableFactors *f, const NodeMembrane *m,
                            double capacity, double first[ML_CABLE_WIDTH], double last[ML_CABLE_WIDTH], double *v) {
    const double end = n->within[0], self = end * (1 - f->answer[0][0]), side = end * f->answer[INNER - 1][0];
    double diagonal[NODES];
    for (int j = 0; j < NODES; j++) {
        const int ends = (j > 0) + (j < NODES - 1);
        const double now = c->node[0][j], ago = c->node[1][j];
        diagonal[j] = f->rate * capacity + m->conductance[j] + ends * self;
        v[j] = capacity * (c->fresh ? now / c->dt : (2 * now - 0.5 * ago) / c->dt) + m->drive[j] +
               (j == c->stimulated ? c->stimulus : 0) + (j ? end * last[j - 1] : 0) + (j < NODES - 1 ? end * first[j] : 0);
    }
    solve_nodes(diagonal, side, v);
}

static void advance_one(MlCable *c, const Internode *n, const double *speeds, double area_node) {
    const MlCableFactors *f = c->fresh ? &c->start : &c->go;
    NodeMembrane m;
    real inner[GROUPS][INNER][2];
    _Alignas(64) double first[ML_CABLE_WIDTH], last[ML_CABLE_WIDTH], node[ML_CABLE_WIDTH + 1] = {0};
    step_gates(c, speeds, area_node, &m);
    for (int g = 0; g < GROUPS; g++) {
        inner_alone(c, n, f, g * LANES, inner[g]);
        store(first + g * LANES, inner[g][0][0]), store(last + g * LANES, inner[g][INNER - 1][0]);
    }
    node_potentials(c, n, f, &m, nf_per_uf * cable_capacity * area_node, first, last, node);
    memcpy(c->inner[1], c->inner[0], sizeof c->inner[0]);
    memcpy(c->node[1], c->node[0], sizeof c->node[0]);
    memcpy(c->node[0], node, sizeof c->node[0]);
    for (int g = 0; g < GROUPS; g++) {
        const real left = load(node + g * LANES), right = load(node + g * LANES + 1);
        for (int k = 0; k < INNER; k++)
            for (int x = 0; x < 2; x++)
                store(c->inner[0][k][x] + g * LANES,
                      inner[g][k][x] + f->answer[k][x] * left + f->answer[INNER - 1 - k][x] * right);
    }
    c->fresh = 0;
    c->time += c->dt;
}

ML_WIDE void ml_cable_advance(MlCable *c, int steps) {
    const Internode n = internode();
    const double area_node = area(cable_node_diameter, cable_node_length);
    double speeds[NGATE];
    for (int g = 0; g < NGATE; g++) speeds[g] = speed(g);
    for (int i = 0; i < steps; i++) advance_one(c, &n, speeds, area_node);
}

/* ---- the rest ---- */

MlCableMembrane ml_cable_membrane(void) {
    return (MlCableMembrane){cable_potassium_reversal, cable_potassium_reversal, cable_rest};
}

void ml_cable_set_step(MlCable *c, double dt) {
    const Internode n = internode();
    c->dt = dt;
    c->start = factors(&n, 1 / dt);
    c->go = factors(&n, 1.5 / dt);
    c->fresh = 1;
}

void ml_cable_start(MlCable *c, const MlCableMembrane *membrane, double dt) {
    memset(c, 0, sizeof *c);
    c->membrane = *membrane;
    for (int j = 0; j < ML_CABLE_WIDTH; j += LANES) {
        const real v = r_of(cable_rest);
        store(c->node[0] + j, v);
        for (int k = 0; k < INNER; k++) store(c->inner[0][k][0] + j, v);
        for (int g = 0; g < NGATE; g++) {
            real open, shut;
            rates(g, v, &open, &shut);
            store(c->gate[g] + j, open / (open + shut));
        }
    }
    ml_cable_set_step(c, dt);
}

void ml_cable_stimulate(MlCable *c, int node, double current) {
    c->stimulated = node;
    c->stimulus = current;
    c->fresh = 1;
}
