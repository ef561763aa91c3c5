/* SPDX-License-Identifier: Apache-2.0 */
/* The tables at run time, and the stoichiometry they declare. */
#include <string.h>

#include "body/body.h"

enum { LATER = ML_LATER, NOW = ML_NOW, CLOSE = ML_CLOSE };

const MlSubstanceInfo ml_substances[ML_NSUBSTANCE] = {
#define SUBSTANCE(id, unit, valence, mass, text) {#id, unit, text, valence, mass},
#include "body/tables/substances.def"
#undef SUBSTANCE
};

const MlPlaceInfo ml_places[ML_NPLACE] = {
#define PLACE(id, inside, text) {#id, text, inside},
#include "body/tables/pools.def"
#undef PLACE
};

/* The valid domain of pools is wide: a negative amount can only be rounding or the base of an acid fluid. */
const MlStateInfo ml_states[ML_NSTATE] = {
#define POOL(place, substance, atol)                                                                         \
    {#place "_" #substance, NULL, NULL, ML_AT_##place, ML_##substance, 0, atol, -1e9, 1e9},
#include "body/tables/pools.def"
#undef POOL
#define SIGNAL(id, unit, start, atol, low, high, text) {#id, unit, text, -1, -1, start, atol, low, high},
#include "body/tables/signals.def"
#undef SIGNAL
};

const MlFlowInfo ml_flows[ML_NFLOW] = {
#define FLOW(id, from, to, text) {#id, text, ML_S_##from, ML_S_##to},
#include "body/tables/flows.def"
};

const MlCouple ml_couples[] = {
#define COUPLE(flow, from, to, ratio, text) {ML_F_##flow, ML_S_##from, ML_S_##to, ratio},
#include "body/tables/flows.def"
};
const size_t ml_ncouple = sizeof ml_couples / sizeof ml_couples[0];

const MlParamInfo ml_params[ML_NPARAM] = {
#define PARAM(id, unit, normal, low, high, scale, text, source)                                              \
    {#id, unit, text, source, normal, low, high, ML_SCALE_##scale},
#include "body/tables/params.def"
#undef PARAM
};

const MlInputInfo ml_inputs[ML_NINPUT] = {
#define INPUT(id, unit, normal, text) {#id, unit, text, normal},
#include "body/tables/inputs.def"
#undef INPUT
};

const MlOutputInfo ml_outputs[ML_NOUTPUT] = {
#define OUTPUT(when, name, unit, us_unit, us_factor, group, text)                                            \
    {#name, unit, us_unit, group, text, us_factor, when},
#include "body/tables/outputs.def"
#undef OUTPUT
};

int ml_param_find(const char *name) {
    for (int i = 0; i < ML_NPARAM; i++)
        if (!strcmp(ml_params[i].name, name)) return i;
    return -1;
}

int ml_output_find(const char *name) {
    for (int i = 0; i < ML_NOUTPUT; i++)
        if (!strcmp(ml_outputs[i].name, name)) return i;
    return -1;
}

int ml_pool(int place, int substance) {
    for (int i = 0; i < ML_NPOOL; i++)
        if (ml_states[i].place == place && ml_states[i].substance == substance) return i;
    return -1;
}

/* One entry of A: state gains coefficient * row. */
typedef struct Entry {
    int state, row;
    double coefficient;
} Entry;

static int entries(Entry *e) {
    int n = 0;
    for (int f = 0; f < ML_NFLOW; f++) {
        e[n++] = (Entry){ml_flows[f].from, f, -1.0};
        e[n++] = (Entry){ml_flows[f].to, f, 1.0};
    }
    for (size_t c = 0; c < ml_ncouple; c++) {
        e[n++] = (Entry){ml_couples[c].from, ml_couples[c].flow, -ml_couples[c].ratio};
        e[n++] = (Entry){ml_couples[c].to, ml_couples[c].flow, ml_couples[c].ratio};
    }
    for (int g = 0; g < ML_NSIGNAL; g++) e[n++] = (Entry){ML_NPOOL + g, ML_NFLOW + g, 1.0};
    return n;
}

int ml_body_stoichiometry(int *ptr, int *col, double *val) {
    Entry e[ML_A_SIZE];
    const int n = entries(e);
    int k = 0;
    for (int s = 0; s < ML_NSTATE; s++) {
        ptr[s] = k;
        for (int i = 0; i < n; i++) {
            if (e[i].state != s) continue;
            int same = ptr[s];
            while (same < k && col[same] != e[i].row) same++;
            if (same < k) {
                val[same] += e[i].coefficient;
            } else {
                col[k] = e[i].row;
                val[k++] = e[i].coefficient;
            }
        }
    }
    ptr[ML_NSTATE] = k;
    return k;
}
