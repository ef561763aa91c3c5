/* SPDX-License-Identifier: Apache-2.0 */
/* The body as equations: tables at run time, rows for the integrator, outputs for everyone. */
#ifndef ML_BODY_BODY_H
#define ML_BODY_BODY_H

#include <stddef.h>

#include "body/tables.h"
#include "lanes/real8.h"

/* One person at one stretch of constant inputs. The arrays of eight hold the same numbers in all lanes. */
typedef struct MlContext {
    const double *param;   /* ML_NPARAM */
    const double *input;   /* ML_NINPUT */
    const MlReal8 *param8; /* ML_NPARAM */
    const MlReal8 *input8; /* ML_NINPUT */
} MlContext;

/* All flows and rates, per minute, at t (min since t = 0; the body keeps no clock of its own yet).
 * ctx is an MlContext. y: ML_NSTATE, row: ML_NROW. */
void ml_body_rows(const void *ctx, double t, const double *y, double *row);
void ml_body_rows8(const void *ctx, double t, const MlReal8 *y, MlReal8 *row);

/* What cumulative and relative outputs count from. */
typedef struct MlBaseline {
    double state[ML_NSTATE];          /* at t = 0 */
    double brain_water, muscle_water, plasma_water, interstitial_water; /* of the person's steady state, L */
    double body_mass;                 /* at t = 0, kg */
} MlBaseline;

/* Every output in its SI unit; NaN for those of later versions and where there is no value. */
void ml_body_outputs(const MlContext *ctx, const MlBaseline *base, const double *y, double *out);

/* Calcium and magnesium of plasma and of the interstitium, mmol per liter of water. */
typedef struct MlSpecies {
    double ionized[2], diffusible[2]; /* plasma, interstitium; diffusible: all that protein does not hold */
} MlSpecies;
void ml_body_species(const MlContext *ctx, const double *y, MlSpecies *calcium, MlSpecies *magnesium);

/* The tables at run time. */
typedef struct MlStateInfo {
    const char *name, *unit, *text;
    int place, substance; /* -1 for signals */
    double start, atol, low, high;
} MlStateInfo;
typedef struct MlFlowInfo {
    const char *name, *text;
    int from, to; /* states */
} MlFlowInfo;
typedef struct MlCouple {
    int flow, from, to;
    double ratio;
} MlCouple;
typedef enum MlScale {
    ML_SCALE_ONE,
    ML_SCALE_WATER,
    ML_SCALE_WATERINV,
    ML_SCALE_BLOOD,
    ML_SCALE_BLOODINV,
    ML_SCALE_SKIN,
    ML_SCALE_OWN
} MlScale;
typedef struct MlParamInfo {
    const char *name, *unit, *text, *source;
    double normal, low, high;
    MlScale scale;
} MlParamInfo;
typedef struct MlInputInfo {
    const char *name, *unit, *text;
    double normal;
} MlInputInfo;
/* When an output has a value: not in this version, always, or where tissues are looked at closely. */
enum { ML_LATER = 0, ML_NOW = 1, ML_CLOSE = 2 };
typedef struct MlOutputInfo {
    const char *name, *unit, *us_unit, *group, *text;
    double us_factor;
    int available;
} MlOutputInfo;
typedef struct MlSubstanceInfo {
    const char *name, *unit, *text;
    double valence, mass;
} MlSubstanceInfo;
typedef struct MlPlaceInfo {
    const char *name, *text;
    int inside;
} MlPlaceInfo;

extern const MlStateInfo ml_states[ML_NSTATE];
extern const MlFlowInfo ml_flows[ML_NFLOW];
extern const MlCouple ml_couples[];
extern const size_t ml_ncouple;
extern const MlParamInfo ml_params[ML_NPARAM];
extern const MlInputInfo ml_inputs[ML_NINPUT];
extern const MlOutputInfo ml_outputs[ML_NOUTPUT];
extern const MlSubstanceInfo ml_substances[ML_NSUBSTANCE];
extern const MlPlaceInfo ml_places[ML_NPLACE];

/* Index by name, or -1. */
int ml_param_find(const char *name);
int ml_output_find(const char *name);
/* The state that holds substance in place, or -1. */
int ml_pool(int place, int substance);

/* The stoichiometry: dy = A row, compressed rows. ptr: ML_NSTATE + 1; col, val: ML_A_SIZE at most.
 * Returns the number of entries. */
enum {
    ML_NCOUPLE = 0
#define COUPLE(flow, from, to, ratio, text) +1
#include "body/tables/flows.def"
    ,
    ML_A_SIZE = 2 * (ML_NFLOW + ML_NCOUPLE) + ML_NSIGNAL
};
int ml_body_stoichiometry(int *ptr, int *col, double *val);

#endif
