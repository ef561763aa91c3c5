/* SPDX-License-Identifier: Apache-2.0 */
#include "report/ecg.h"

#include "body/body.h"
#include "report/probe.h"
#include "report/words.h"
#include "run/farthest.h"

#include <math.h>
#include <string.h>

const double ml_ecg_step = 2;

/* What is drawn by convention: heights and times of a usual lead, the P wave below 0.25 mV and 120 ms (Hancock, Circulation
 * 2009;119:e251). */
static const double usual_p = 0.12, usual_r = 1, p_time = 95, usual_qrs = 90, apart_p = 160; /* mV, ms; PR where no QRS tells it */
/* U wave: as high as the T wave at a potassium of 2.7 mmol/L, at which it is in most (Weaver & Burchell, Circulation 1960;21:505), a tenth of that in
 * health; it follows the T wave and lasts 170 ms or so. Height in health, by how much the resting potential makes it e times as high, most. */
static const double usual_u = 0.021, u_rest = 5.5, most_u = 0.6, u_before = 20, u_time = 190, clear_u = 0.1; /* mV, mV, mV, ms, ms, mV */
static const double unseen_p = 0.1;                                                          /* share of a P wave that is not seen */
static const double after_end = 300;                                                         /* ms drawn beyond the T wave */
static const double least_t = 40;                                                            /* ms from the end of QRS to that of T */

const char ml_ecg_notice[] = "As one lead before the left ventricle would show it. Intervals, rate and heights are computed, the T wave is that of the "
                             "wall; P wave, QRS complex and U wave are drawn by convention.";

/* ---- the wall ---- */

/* What the curve of the wall shows: height of its impulse, where it is over, summit and end of its T wave. */
typedef struct Wall {
    double height, over, summit, end; /* mV, ms, mV, ms */
} Wall;

static int read_wall(const MlExciteCurve *c, Wall *w) {
    static const double impulse = 150, gone = 0.1, apart = 80; /* ms, share, ms */
    int top = 0, over, peak, steep = -1;
    for (int i = 1; i < c->n && c->x[i] < impulse; i++)
        if (c->y[i] > c->y[top]) top = i;
    for (over = top; over + 1 < c->n && c->y[over] > gone * c->y[top];) over++;
    for (peak = over; peak + 1 < c->n && c->x[peak] < c->x[over] + apart;) peak++;
    const int first = peak;
    for (int i = first; i < c->n; i++)
        if (fabs(c->y[i]) > fabs(c->y[peak])) peak = i;
    const double sign = c->y[peak] < 0 ? -1 : 1;
    for (int i = peak; i + 1 < c->n; i++)
        if (steep < 0 || sign * (c->y[i + 1] - c->y[i]) < sign * (c->y[steep + 1] - c->y[steep])) steep = i;
    if (steep < 0 || !(c->y[top] > 0) || !(sign * (c->y[steep] - c->y[steep + 1]) > 0)) return 0;
    *w = (Wall){c->y[top], c->x[over], c->y[peak], 0};
    w->end = c->x[steep] + c->y[steep] * (c->x[steep + 1] - c->x[steep]) / (c->y[steep] - c->y[steep + 1]);
    return isfinite(w->end) && isfinite(w->summit) && w->end > w->over + least_t;
}

static double at_curve(const MlExciteCurve *c, double x) {
    const double step = c->x[1] - c->x[0], k = (x - c->x[0]) / step;
    if (!(k >= 0) || k >= c->n - 1) return 0;
    const int i = (int)k;
    const double y = c->y[i] + (k - i) * (c->y[i + 1] - c->y[i]);
    return isfinite(y) ? y : 0;
}

/* What follows QRS: moved so that T ends where it should, scaled to its height, faded out behind it. */
static void shape_of(MlEcg *e, const MlExciteCurve *c, const Wall *w, double height) {
    static const double slurred = 24, smallest = 0.005; /* ms in which the line leaves the end of QRS; mV */
    const double interval = e->qt - e->qrs;
    const double scale = fabs(w->summit) > smallest ? height / w->summit : 1;
    e->n = (int)fmin(ML_ECG_SHAPE, (interval + after_end) / ml_ecg_step);
    for (int i = 0; i < e->n; i++) {
        const double t = i * ml_ecg_step;
        const double y = scale * at_curve(c, fmax(w->over, w->end + t - interval));
        e->shape[i] = y * fmin(1, t / slurred) * fmin(1, (e->n - 1 - i) * ml_ecg_step / slurred);
    }
}

/* ---- a beat ---- */

static double known(double v, double instead) { return isfinite(v) ? v : instead; }

void ml_ecg_make(const double *out, const MlExciteCurve *wall, MlEcg *e) {
    const MlExciteCurve *usual = ml_ecg_wall(ml_probe_usual.curve, ML_EXCITE_CURVES);
    Wall normal = {0}, here;
    *e = (MlEcg){.rate = fmax(0, known(out[ML_O_heart_rate], 0)),
                 .pr = known(out[ML_O_pr_interval], NAN),
                 .qrs = known(out[ML_O_qrs_duration], NAN),
                 .qt = known(out[ML_O_qt_interval], NAN),
                 .qtc = known(out[ML_O_qtc_interval], NAN)};
    if (!(e->qrs > 0)) e->qrs = e->qt = e->qtc = NAN;
    if (!(e->pr > 0)) e->pr = NAN;
    if (!(e->qt > 0)) e->qt = e->qtc = NAN;
    const double p = known(out[ML_O_p_wave_amplitude], 0);
    const double conducted = known(out[ML_O_atrioventricular_conduction], 1);
    e->p = p > unseen_p ? usual_p * fmin(p, 3) : 0;
    e->atria = conducted > 0 ? e->rate / fmin(conducted, 1) : e->rate;
    if (e->p == 0) e->pr = NAN;
    if (isnan(e->qrs)) return;
    e->r = usual_r * fmin(2, pow(usual_qrs / e->qrs, 0.6)); /* as that of the wall falls with slower conduction */
    if (!(e->qt > e->qrs + least_t) || !usual || !read_wall(usual, &normal)) return;
    const double lower = known(ml_probe_usual.out[ML_O_ventricular_resting_potential] - out[ML_O_ventricular_resting_potential], 0);
    const double u = usual_u * exp(fmin(lower, 100) / u_rest);
    e->u = u * most_u / (most_u + u);
    const double height = normal.summit * known(out[ML_O_t_wave_amplitude], 1);
    if (wall && read_wall(wall, &here)) {
        e->r = usual_r * here.height / normal.height;
        shape_of(e, wall, &here, height);
    } else {
        shape_of(e, usual, &normal, height);
    }
}

void ml_ecg_of(const MlExcite *x, int whole, MlEcg *e) {
    double out[ML_NOUTPUT];
    MlExciteCurve wall;
    for (int i = 0; i < ML_NOUTPUT; i++) out[i] = NAN;
    ml_excite_quick(x, out);
    if (whole) ml_excite_heart(x, &wall);
    ml_ecg_make(out, whole ? &wall : NULL, e);
}

void ml_ecg_usual(MlEcg *e) { ml_ecg_make(ml_probe_usual.out, ml_ecg_wall(ml_probe_usual.curve, ML_EXCITE_CURVES), e); }

int ml_ecg_is_notable(const MlResult *r) { return !isnan(r->excite[ML_EXCITE_HEART].t) && r->excite[ML_EXCITE_HEART].heart >= ml_excite_notable; }

int ml_ecg_stands_still(const MlResult *r) { return r->lethal && strstr(r->lethal_cause, "standstill") != NULL; }

void ml_ecg_still(MlEcg *e) { *e = (MlEcg){.pr = NAN, .qrs = NAN, .qt = NAN, .qtc = NAN}; }

int ml_ecg_own(const MlResult *r, int whole, MlEcg *e) {
    const MlExciteAt *start = &r->excite[ML_EXCITE_START];
    const int own = start->t < r->excite[ML_EXCITE_HEART].t && start->heart < ml_excite_notable;
    if (own) ml_ecg_of(&start->x, whole, e);
    else ml_ecg_usual(e);
    return own;
}

const MlExciteCurve *ml_ecg_wall(const MlExciteCurve *curve, int ncurve) {
    for (int i = 0; i < ncurve; i++)
        if (curve[i].group && strcmp(curve[i].group, "heart") == 0 && curve[i].n > 1) return &curve[i];
    return NULL;
}

/* A rounded wave between two ends. */
static double wave(double x, double from, double to) {
    static const double pi = 3.14159265358979323846;
    if (!(x > from) || !(x < to)) return 0;
    const double s = sin(pi * (x - from) / (to - from));
    return s * s;
}

static double p_wave(const MlEcg *e, double t) {
    if (!(e->p > 0)) return 0;
    const double before = isnan(e->pr) ? apart_p : e->pr, slower = isnan(e->qrs) ? 1 : fmin(1.5, fmax(1, e->qrs / usual_qrs));
    return e->p * wave(t + before, 0, fmin(p_time * slower, fmax(0.9 * before, 30)));
}

/* Septum, free wall, base: away from the electrode, toward it, away. */
static double qrs_complex(const MlEcg *e, double t) {
    if (isnan(e->qrs)) return 0;
    const double x = t / e->qrs;
    return e->r * (1.04 * wave(x, 0.14, 0.74) - 0.09 * wave(x, 0, 0.3) - 0.2 * wave(x, 0.6, 1));
}

static double t_wave(const MlEcg *e, double t) {
    const double k = (t - e->qrs) / ml_ecg_step;
    if (!(k >= 0) || !(k < e->n - 1)) return 0;
    const int i = (int)k;
    return e->shape[i] + (k - i) * (e->shape[i + 1] - e->shape[i]);
}

static double u_wave(const MlEcg *e, double t) { return e->u > 0 ? e->u * wave(t, e->qt - u_before, e->qt - u_before + u_time) : 0; }

static double ventricles(const MlEcg *e, double t) { return qrs_complex(e, t) + t_wave(e, t) + u_wave(e, t); }

double ml_ecg_beat(const MlEcg *e, double t) { return p_wave(e, t) + ventricles(e, t); }

/* The same wave again and again, at a rate. */
static double repeated(double (*of)(const MlEcg *, double), const MlEcg *e, double rate, double t) {
    static const double longest = 1500, fastest = 400; /* ms that a beat lasts, either way; 1/min */
    if (!(rate > 0)) return 0;
    const double cycle = 60000 / fmin(rate, fastest);
    double sum = 0;
    for (double k = ceil((t - longest) / cycle); k <= floor((t + longest) / cycle); k++) sum += of(e, t - k * cycle);
    return sum;
}

double ml_ecg_trace(const MlEcg *e, double t) { return repeated(p_wave, e, e->atria, t) + repeated(ventricles, e, e->rate, t); }

/* ---- words ---- */

void ml_ecg_words(const MlEcg *e, char *text, size_t size) {
    const struct {
        const char *name;
        double ms;
    } interval[] = {{"PR", e->pr}, {"QRS", e->qrs}, {"QT", e->qt}, {"QTc", e->qtc}};
    static const double all_conducted = 1.02; /* P waves to QRS complexes */
    int n = 0;
    text[0] = 0;
    if (!(e->rate > 0) || (!(e->p > 0) && isnan(e->qrs))) {
        ml_append(text, size, "standstill: no impulse passes through the heart");
        return;
    }
    ml_append(text, size, "%s a minute", ml_fixed(e->rate, 0).s);
    for (size_t i = 0; i < sizeof interval / sizeof *interval; i++)
        if (!isnan(interval[i].ms)) ml_append(text, size, ", %s %s", interval[i].name, ml_fixed(interval[i].ms, 0).s), n++;
    if (n) ml_append(text, size, " ms");
    if (e->u > clear_u) ml_append(text, size, ", U wave to %s ms", ml_fixed(e->qt - u_before + u_time, 0).s);
    if (e->p > 0 && e->atria > all_conducted * e->rate) ml_append(text, size, ", P waves %s a minute", ml_fixed(e->atria, 0).s);
    if (!(e->p > 0)) ml_append(text, size, ", no P wave");
    if (isnan(e->qrs)) ml_append(text, size, ", no QRS complex: the impulse does not pass through the ventricles");
}
