/* SPDX-License-Identifier: Apache-2.0 */
/* Identifiers of everything the tables declare. States are the pools, then the signals; rows are the
 * flows, then the rates of the signals. */
#ifndef ML_BODY_TABLES_H
#define ML_BODY_TABLES_H

typedef enum MlSubstance {
#define SUBSTANCE(id, unit, valence, mass, text) ML_##id,
#include "body/tables/substances.def"
#undef SUBSTANCE
    ML_NSUBSTANCE
} MlSubstance;

typedef enum MlPlace {
#define PLACE(id, inside, text) ML_AT_##id,
#include "body/tables/pools.def"
#undef PLACE
    ML_NPLACE
} MlPlace;

typedef enum MlState {
#define POOL(place, substance, atol) ML_S_##place##_##substance,
#include "body/tables/pools.def"
#undef POOL
    ML_NPOOL,
    ML_LAST_POOL = ML_NPOOL - 1,
#define SIGNAL(id, unit, start, atol, low, high, text) ML_S_##id,
#include "body/tables/signals.def"
#undef SIGNAL
    ML_NSTATE
} MlState;

typedef enum MlSignal {
#define SIGNAL(id, unit, start, atol, low, high, text) ML_G_##id,
#include "body/tables/signals.def"
#undef SIGNAL
    ML_NSIGNAL
} MlSignal;

typedef enum MlFlow {
#define FLOW(id, from, to, text) ML_F_##id,
#include "body/tables/flows.def"
    ML_NFLOW
} MlFlow;

enum { ML_NROW = ML_NFLOW + ML_NSIGNAL };

typedef enum MlInput {
#define INPUT(id, unit, normal, text) ML_U_##id,
#include "body/tables/inputs.def"
#undef INPUT
    ML_NINPUT
} MlInput;

typedef enum MlParam {
#define PARAM(id, unit, normal, low, high, scale, text, source) ML_P_##id,
#include "body/tables/params.def"
#undef PARAM
    ML_NPARAM
} MlParam;

typedef enum MlOutput {
#define OUTPUT(when, name, unit, us_unit, us_factor, group, text) ML_O_##name,
#include "body/tables/outputs.def"
#undef OUTPUT
    ML_NOUTPUT
} MlOutput;

#endif
