/* SPDX-License-Identifier: Apache-2.0 */
#include "solve/stoichiometry.h"

#include "base/fail.h"

#include <string.h>

milieu_code ml_stoichiometry_create(const MlMemory *memory, const MlProblem *p, MlStoichiometry **out,
                                    milieu_error *err) {
    size_t count = (size_t)p->A_ptr[p->n];
    MlStoichiometry *a = ml_new(memory, 1, sizeof *a + count * (sizeof(double) + 2 * sizeof(int)));
    *out = a;
    if (!a) return ml_fail(err, MILIEU_NO_MEMORY, "stoichiometry", "no memory for %d states", p->n);
    double *value = (double *)(a + 1);
    int *state = (int *)(value + count), *row = state + count, at = 0;
    for (int round = 0; at < (int)count; round++) {
        for (int i = 0; i < p->n; i++) {
            int k = p->A_ptr[i] + round;
            if (k >= p->A_ptr[i + 1]) continue;
            state[at] = i;
            row[at] = p->A_col[k];
            value[at++] = p->A_val[k];
        }
    }
    *a = (MlStoichiometry){p->n, (int)count, state, row, value};
    return MILIEU_OK;
}

void ml_stoichiometry_destroy(MlStoichiometry **a) {
    if (!a) return;
    ml_free(*a);
    *a = NULL;
}

void ml_stoichiometry_apply(const MlStoichiometry *a, const double *restrict row, double *restrict dydt) {
    memset(dydt, 0, (size_t)a->n * sizeof *dydt);
    for (int k = 0; k < a->count; k++) dydt[a->state[k]] += a->value[k] * row[a->row[k]];
}
