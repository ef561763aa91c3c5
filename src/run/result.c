/* SPDX-License-Identifier: Apache-2.0 */
#include "run/result.h"

#include "base/fail.h"

#include <math.h>
#include <string.h>

const double *ml_result_series(const MlResult *r, int output) {
    for (int i = 0; i < r->noutput; i++)
        if (r->output[i] == output) return r->value + (size_t)i * (size_t)r->ntime;
    return NULL;
}

double ml_result_at(const MlResult *r, int output, double t) {
    const double *v = ml_result_series(r, output);
    if (!v || r->ntime == 0 || t < r->time[0] || t > r->time[r->ntime - 1]) return NAN;
    int low = 0, high = r->ntime - 1;
    while (high - low > 1) {
        const int middle = (low + high) / 2;
        if (r->time[middle] <= t)
            low = middle;
        else
            high = middle;
    }
    if (t == r->time[low]) return v[low];
    if (t == r->time[high]) return v[high];
    const double share = (t - r->time[low]) / (r->time[high] - r->time[low]);
    return v[low] + share * (v[high] - v[low]);
}

milieu_code ml_result_accounted(const MlResult *r, milieu_error *err) {
    for (int i = 0; i < r->nbalance; i++) {
        const MlBalance *b = &r->balance[i];
        if (!(fabs(b->residual) <= fmax(1e-9 * b->throughput, 1e-11)))
            return ml_fail(err, MILIEU_OUT_OF_DOMAIN, "balance sheet", "%s is not accounted for: %.3g of %.3g", b->substance, b->residual, b->throughput);
    }
    if (!(r->charge_residual <= 1e-6))
        return ml_fail(err, MILIEU_OUT_OF_DOMAIN, "balance sheet", "a place gained %.3g mmol of charge", r->charge_residual);
    return MILIEU_OK;
}

void ml_result_free(MlResult *r) {
    ml_free(r->output);
    ml_free(r->time);
    ml_free(r->value);
    ml_free(r->flag);
    ml_free(r->breach);
    ml_free(r->log);
    ml_free(r->balance);
    for (int k = 0; k < ML_NWHY; k++) ml_free(r->explanation[k]);
    ml_free(r->note);
    memset(r, 0, sizeof *r);
}
