/* SPDX-License-Identifier: Apache-2.0 */
/* Calcium, magnesium and phosphate outside cells: n = x V, with x, ionized in plasma water, and its volume
 *
 *   V = W s + protein:  s = wp Sp + wi r Si;  protein = Pp Bp + r Pi Bi
 *   S = 1 + complexes + citrate;  B: held by a gram of protein;  both to what is ionized there
 *
 * W: water of plasma and interstitium, of which wp and wi are the shares; P: their protein; r: ionized in interstitial
 * water, to x. So dx = (dn - x dV) / V with the means of before and after, exactly; and likewise every product within V.
 * The total in plasma is x share (Sp + Bp Pp / Wp), share being the water in plasma. Phosphate: S = 1, B = 0.
 * What pH does to B is taken from plasma of one moment at the pH of the other; the rest of dB is sites that fill. */
#include "run/explain.h"

#include <assert.h>
#include <string.h>

#include "run/gains.h"

enum { PLASMA, INTERSTITIUM, NPLACE };

typedef struct Mineral {
    double x, r, share;
    double water[NPLACE], protein[NPLACE];
    double small[NPLACE], citrate[NPLACE]; /* diffusible to ionized: 1 and complexes; with citrate */
    double bound[NPLACE];
} Mineral;

static const struct {
    int substance, is_total;
    MlWhy total;
    MlTurn juice;
} of[ML_NWHY] = {
    [ML_WHY_CALCIUM] = {ML_calcium, 1, ML_WHY_CALCIUM, ML_TURN_JUICE_CALCIUM},
    [ML_WHY_CALCIUM_IONIZED] = {ML_calcium, 0, ML_WHY_CALCIUM, ML_TURN_JUICE_CALCIUM},
    [ML_WHY_MAGNESIUM] = {ML_magnesium, 1, ML_WHY_MAGNESIUM, ML_TURN_JUICE_MAGNESIUM},
    [ML_WHY_MAGNESIUM_IONIZED] = {ML_magnesium, 0, ML_WHY_MAGNESIUM, ML_TURN_JUICE_MAGNESIUM},
    [ML_WHY_PHOSPHATE] = {ML_phosphate, 1, ML_WHY_PHOSPHATE, ML_TURN_JUICE_PHOSPHATE},
};

/* ---- what is where ---- */

static MlSpecies species_of(int substance, const MlContext *context, const double *y) {
    MlSpecies calcium, magnesium;
    if (substance == ML_phosphate) {
        const double p = y[ML_S_plasma_phosphate] / y[ML_S_plasma_water], i = y[ML_S_interstitial_phosphate] / y[ML_S_interstitial_water];
        return (MlSpecies){{p, i}, {p, i}};
    }
    ml_body_species(context, y, &calcium, &magnesium);
    return substance == ML_calcium ? calcium : magnesium;
}

/* Held by a gram of protein there, to what is ionized. */
static double bound_at(const MlSpecies *s, const double *y, int k, int substance) {
    static const MlPlace place[NPLACE] = {ML_AT_plasma, ML_AT_interstitial};
    const double water = y[ml_pool(place[k], ML_water)], protein = y[ml_pool(place[k], ML_protein)];
    if (substance == ML_phosphate) return 0;
    return (y[ml_pool(place[k], substance)] - water * s->diffusible[k]) / (s->ionized[k] * protein);
}

static Mineral mineral_of(MlWhy why, const MlContext *context, const MlMoment *moment) {
    const double *y = moment->state;
    const int substance = of[why].substance;
    double plain[ML_NSTATE];
    memcpy(plain, y, sizeof plain);
    plain[ML_S_plasma_citrate] = plain[ML_S_interstitial_citrate] = 0;
    const MlSpecies s = species_of(substance, context, y), without = species_of(substance, context, plain);
    Mineral m = {.x = s.ionized[PLASMA], .r = s.ionized[INTERSTITIUM] / s.ionized[PLASMA]};
    m.water[PLASMA] = y[ML_S_plasma_water], m.water[INTERSTITIUM] = y[ML_S_interstitial_water];
    m.protein[PLASMA] = y[ML_S_plasma_protein], m.protein[INTERSTITIUM] = y[ML_S_interstitial_protein];
    m.share = moment->plasma[of[why].total] * y[ML_S_plasma_water] / y[ml_pool(ML_AT_plasma, substance)];
    for (int k = 0; k < NPLACE; k++) {
        m.small[k] = without.diffusible[k] / without.ionized[k];
        m.citrate[k] = s.diffusible[k] / s.ionized[k] - m.small[k];
        m.bound[k] = bound_at(&s, y, k, substance);
    }
    return m;
}

/* What the pH of the other moment makes of what protein holds. */
static void bound_by_ph(MlWhy why, const MlContext *context, const MlMoment *own, const MlMoment *other, double *bound) {
    double y[ML_NSTATE];
    memcpy(y, own->state, sizeof y);
    y[ML_S_pco2] = other->state[ML_S_pco2];
    y[ML_S_plasma_bicarbonate] *= other->plasma[ML_WHY_BICARBONATE] / own->plasma[ML_WHY_BICARBONATE];
    const MlSpecies s = species_of(of[why].substance, context, y);
    for (int k = 0; k < NPLACE; k++) bound[k] = bound_at(&s, y, k, of[why].substance);
}

/* ---- what moved it ---- */

/* Amounts by the way they came, and the water of all fluids: food that passes through the gut counts neither as absorbed
 * nor as lost. */
static void amounts(MlWhy why, const MlMoment *before, const MlMoment *after, MlGains *g) {
    double turned[ML_NTURN];
    const int s = g->substance;
    for (int k = 0; k < ML_NTURN; k++) turned[k] = after->turned[k] - before->turned[k];
    ml_gain_routes(g);
    g->gain[0].amount += g->gain[1].amount + turned[of[why].juice];
    g->gain[1].amount = 0;
    ml_gain_add(g, ml_juices, -turned[of[why].juice], 0);
    const double broken = s == ML_magnesium   ? turned[ML_TURN_WASTE_MAGNESIUM]
                          : s == ML_phosphate ? turned[ML_TURN_WASTE_PHOSPHATE] + turned[ML_TURN_WASTE_ESTERS]
                                              : 0;
    ml_gain_add(g, "cells broken down", broken, 0);
    ml_gain_add(g, "cells", ml_gain_out_of_cells(g, s) - ml_gain_at(g, ML_AT_metabolism, s) - broken, 0);
    ml_gain_add(g, "water of cells", 0, ml_gain_water_of_cells(g));
    ml_gain_add(g, "bone surface", -ml_gain_at(g, ML_AT_surface, s), 0);
    ml_gain_add(g, "exchangeable bone mineral", -ml_gain_at(g, ML_AT_bone, s), 0);
    const double deep = -ml_gain_at(g, ML_AT_mineral, s), resorbed = ml_turn_as(ML_TURN_RESORPTION, s) * turned[ML_TURN_RESORPTION];
    ml_gain_add(g, s == ML_magnesium ? "deep bone mineral" : "bone formed", deep - resorbed, 0);
    ml_gain_add(g, "bone resorbed", resorbed, 0);
}

/* Two moments, their means and differences. */
typedef struct Pair {
    const Mineral *a, *b;
    MlExplanation *e;
    int is_total;
    double x, volume, ratio; /* means; ratio: of the total in plasma to x */
} Pair;

#define MEAN(field) (0.5 * (p->a->field + p->b->field))
#define DIFF(field) (p->b->field - p->a->field)

static double per_water(const Mineral *m, int k) { return m->small[k] + m->citrate[k]; }
static double all_water(const Mineral *m) { return m->water[PLASMA] + m->water[INTERSTITIUM]; }
static double part(const Mineral *m, int k) { return m->water[k] / all_water(m); }
static double dense(const Mineral *m) { return m->protein[PLASMA] / m->water[PLASMA]; }

static double of_water(const Mineral *m) { return part(m, PLASMA) * per_water(m, PLASMA) + part(m, INTERSTITIUM) * m->r * per_water(m, INTERSTITIUM); }

static double volume(const Mineral *m) {
    return all_water(m) * of_water(m) + m->protein[PLASMA] * m->bound[PLASMA] + m->r * m->protein[INTERSTITIUM] * m->bound[INTERSTITIUM];
}

/* The total in plasma water, to x. */
static double held(const Mineral *m) { return per_water(m, PLASMA) + dense(m) * m->bound[PLASMA]; }

/* An amount, a part of the volume, and a part of the ratio of total to ionized. */
static void tell(const Pair *p, const char *name, double amount, double part_of_volume, double ratio) {
    const double ionized = (amount - p->x * part_of_volume) / p->volume;
    assert(p->e->ncause < ML_MAX_CAUSE);
    p->e->cause[p->e->ncause++] = (MlCause){name, p->is_total ? p->ratio * ionized + p->x * ratio : ionized};
}

/* What protein holds: its amount, what a gram holds (by pH, and the rest). */
static void tell_protein(const Pair *p, const double *by_ph) {
    const double r = MEAN(r), share = MEAN(share), gram = 0.5 * (dense(p->a) + dense(p->b));
    const double amount = MEAN(bound[PLASMA]) * DIFF(protein[PLASMA]) + r * MEAN(bound[INTERSTITIUM]) * DIFF(protein[INTERSTITIUM]);
    const double denser = MEAN(bound[PLASMA]) * (dense(p->b) - dense(p->a));
    tell(p, "plasma protein", 0, amount, 0.5 * (held(p->a) + held(p->b)) * DIFF(share) + share * denser);
    double rest[NPLACE];
    for (int k = 0; k < NPLACE; k++) rest[k] = DIFF(bound[k]) - by_ph[k];
    const double at[NPLACE] = {MEAN(protein[PLASMA]), r * MEAN(protein[INTERSTITIUM])};
    tell(p, "protein binding, by pH", 0, at[PLASMA] * by_ph[PLASMA] + at[INTERSTITIUM] * by_ph[INTERSTITIUM], share * gram * by_ph[PLASMA]);
    tell(p, "protein binding, by free sites", 0, at[PLASMA] * rest[PLASMA] + at[INTERSTITIUM] * rest[INTERSTITIUM], share * gram * rest[PLASMA]);
}

static void tell_complexes(const Pair *p) {
    const double water = 0.5 * (all_water(p->a) + all_water(p->b)), r = MEAN(r), share = MEAN(share);
    double part_of[NPLACE];
    for (int k = 0; k < NPLACE; k++) part_of[k] = water * 0.5 * (part(p->a, k) + part(p->b, k));
    tell(p, "citrate", 0, part_of[PLASMA] * DIFF(citrate[PLASMA]) + part_of[INTERSTITIUM] * r * DIFF(citrate[INTERSTITIUM]), share * DIFF(citrate[PLASMA]));
    tell(p, "other complexes", 0, part_of[PLASMA] * DIFF(small[PLASMA]) + part_of[INTERSTITIUM] * r * DIFF(small[INTERSTITIUM]), share * DIFF(small[PLASMA]));
}

/* Where the water is, and how far the interstitium follows plasma. */
static void tell_places(const Pair *p) {
    const Mineral *a = p->a, *b = p->b;
    const double water = 0.5 * (all_water(a) + all_water(b)), moved = part(b, PLASMA) - part(a, PLASMA);
    const double plasma = 0.5 * (per_water(a, PLASMA) + per_water(b, PLASMA));
    const double outside = 0.5 * (a->r * per_water(a, INTERSTITIUM) + b->r * per_water(b, INTERSTITIUM));
    const double inner = 0.5 * (part(a, INTERSTITIUM) + part(b, INTERSTITIUM)) * 0.5 * (per_water(a, INTERSTITIUM) + per_water(b, INTERSTITIUM));
    const double bound = 0.5 * (a->protein[INTERSTITIUM] * a->bound[INTERSTITIUM] + b->protein[INTERSTITIUM] * b->bound[INTERSTITIUM]);
    tell(p, "between plasma and interstitium", 0, water * (moved * (plasma - outside) + inner * DIFF(r)) + bound * DIFF(r), 0);
}

void ml_explain_mineral(MlWhy why, const MlContext *context, const MlMoment *before, const MlMoment *after, MlExplanation *e) {
    const Mineral a = mineral_of(why, context, before), b = mineral_of(why, context, after);
    double up[NPLACE], down[NPLACE], by_ph[NPLACE];
    bound_by_ph(why, context, before, after, up);
    bound_by_ph(why, context, after, before, down);
    for (int k = 0; k < NPLACE; k++) by_ph[k] = 0.5 * (up[k] - a.bound[k] + b.bound[k] - down[k]);
    MlGains g = {.before = before->state, .after = after->state, .substance = of[why].substance};
    amounts(why, before, after, &g);
    const Pair p = {.a = &a, .b = &b, .e = e, .is_total = of[why].is_total, .x = 0.5 * (a.x + b.x), .volume = 0.5 * (volume(&a) + volume(&b)),
                    .ratio = 0.5 * (a.share * held(&a) + b.share * held(&b))};
    e->change = after->plasma[why] - before->plasma[why];
    e->ncause = 0;
    double water = 0;
    for (int k = 0; k < g.n; k++) {
        tell(&p, g.gain[k].name, g.gain[k].amount, 0, 0);
        water += g.gain[k].water;
    }
    tell(&p, "dilution by water", 0, 0.5 * (of_water(&a) + of_water(&b)) * water, 0);
    tell_protein(&p, by_ph);
    tell_complexes(&p);
    tell_places(&p);
}
