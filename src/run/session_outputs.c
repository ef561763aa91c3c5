/* SPDX-License-Identifier: Apache-2.0 */
/* What a session says of a state: the outputs of the body, of nerve and muscle. */
#include "run/session_inside.h"

#include <string.h>

/* Signals that are none below zero, which the solver knows to its tolerance only. */
static void show(const double *y, double *shown) {
    static const double nothing = 1e-6; /* of the tolerance */
    memcpy(shown, y, ML_NSTATE * sizeof *y);
    for (int i = ML_NPOOL; i < ML_NSTATE; i++)
        if (ml_states[i].low == 0 && y[i] > -ml_states[i].atol && y[i] < nothing * ml_states[i].atol) shown[i] = 0;
}

/* The outputs of the body, and what they say to nerve and muscle. */
static MlExcite bathe(const MlSession *s, const double *y, double *out) {
    double shown[ML_NSTATE];
    show(y, shown);
    ml_body_outputs(&s->frame->context, &s->baseline, shown, out);
    return ml_excite_of(s->person.param, out, y[ML_S_plasma_water] / s->baseline.plasma_water,
                        y[ML_S_interstitial_water] / s->baseline.interstitial_water);
}

MlExcite ml_session_excite(const MlSession *s, const double *y) {
    double out[ML_NOUTPUT];
    return bathe(s, y, out);
}

void ml_session_outputs(const MlSession *s, const double *y, double *out) {
    MlSeen *seen = s->seen;
    int k = 0;
    while (k < seen->n && memcmp(seen->y[k], y, sizeof seen->y[k]) != 0) k++;
    if (k == seen->n) {
        k = seen->n < ML_SEEN ? seen->n++ : (seen->latest + 1) % ML_SEEN;
        const MlExcite x = bathe(s, y, seen->out[k]);
        ml_excite_quick(&x, seen->out[k]);
        memcpy(seen->y[k], y, sizeof seen->y[k]);
    }
    seen->latest = k;
    memcpy(out, seen->out[k], sizeof seen->out[k]);
}

void ml_session_close(const MlSession *s, const double *y, const int *which, int n, double *out) {
    const MlExcite x = bathe(s, y, out);
    double close[ML_NOUTPUT];
    ml_excite_quick(&x, out);
    ml_excite_close(&x, which, n, close);
    for (int i = 0; i < n; i++)
        if (ml_outputs[which[i]].available == ML_CLOSE) out[which[i]] = close[which[i]];
}
