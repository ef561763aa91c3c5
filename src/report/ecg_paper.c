/* SPDX-License-Identifier: Apache-2.0 */
#include "report/ecg_paper.h"

#include "report/curve.h"
#include "report/number.h"
#include "report/svg.h"
#include "report/words.h"

#include <math.h>
#include <string.h>

/* All in mm. Strips lie below each other, beats beside them. */
enum { WIDTH = 182, STRIP = 20, LEAST_HEIGHT = 40, BEATS_AT = 132, POINTS = 2400 };
static const double pulse_at = 2, pulse_width = 5, trace_at = 8, trace_end = 128;
static const double per_ms = 0.025, per_mv = 10;                   /* the paper */
static const double beat_per_ms = 0.05, beat_per_mv = 20;          /* twice as large */
static const double strip_baseline = 15.8, first_qrs = 300;          /* below the top of the strip; ms after the beginning of the trace */
static const double beat_baseline = 26, beat_qrs = 300;            /* below the top; ms */
static const double thinned = 0.02, edge = 0.4;                    /* what cannot be seen; nearest to the edge */

/* ---- paper ---- */

static void lines(double step, int left_out, int height, const char *kind, FILE *out) {
    fprintf(out, "<path class=\"%s\" d=\"", kind);
    for (int i = 0; i * step <= WIDTH; i++)
        if (!left_out || i % left_out) fprintf(out, "M%s 0v%d", ml_short(i * step, 6).s, height);
    for (int i = 0; i * step <= height; i++)
        if (!left_out || i % left_out) fprintf(out, "M0 %sh%d", ml_short(i * step, 6).s, WIDTH);
    fputs("\"/>\n", out);
}

static void paper(int height, FILE *out) {
    fprintf(out, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>\n", WIDTH, height);
    lines(1, 5, height, "fine", out);
    lines(5, 0, height, "bold", out);
}

static void words_at(double x, double y, const char *anchor, const char *text, FILE *out) {
    fprintf(out, "<text x=\"%s\" y=\"%s\"%s>", ml_fixed(x, 2).s, ml_fixed(y, 2).s, anchor);
    ml_svg_text(text, out);
    fputs("</text>\n", out);
}

/* ---- traces ---- */

typedef struct Frame {
    double x, y;             /* of the first onset of QRS at 0 mV */
    double left, right;      /* ends of the trace */
    double per_ms, per_mv;
    double top, bottom;      /* what is higher or lower is drawn at the edge */
} Frame;

static void trace(const Frame *f, const MlEcgStrip *s, double (*at)(const MlEcg *, double), FILE *out) {
    double x[POINTS], y[POINTS];
    int keep[POINTS];
    for (int i = 0; i < POINTS; i++) {
        x[i] = f->left + i * (f->right - f->left) / (POINTS - 1);
        y[i] = fmin(f->bottom, fmax(f->top, f->y - f->per_mv * at(s->ecg, (x[i] - f->x) / f->per_ms)));
    }
    const int n = ml_curve_thin(POINTS, x, y, POINTS, thinned, keep);
    fprintf(out, "<path class=\"tr %s\" d=\"", s->style);
    for (int k = 0; k < n; k++) fprintf(out, "%c%s %s", k ? 'L' : 'M', ml_fixed(x[keep[k]], 2).s, ml_fixed(y[keep[k]], 2).s);
    fputs("\"/>\n", out);
}

static void one_strip(const MlEcgStrip *s, int i, FILE *out) {
    const Frame f = {trace_at + first_qrs * per_ms, STRIP * i + strip_baseline, trace_at, trace_end, per_ms, per_mv, STRIP * i + edge, STRIP * (i + 1) - edge};
    char words[200], line[400] = "";
    ml_ecg_words(s->ecg, words, sizeof words);
    ml_append(line, sizeof line, "%s: %s", s->name, words);
    fprintf(out, "<path class=\"tr %s\" d=\"M0 %sh%sv%sh%sv%sH%s\"/>\n", s->style, ml_fixed(f.y, 1).s, ml_fixed(pulse_at, 1).s, ml_fixed(-per_mv, 1).s,
            ml_fixed(pulse_width / 2, 1).s, ml_fixed(per_mv, 1).s, ml_fixed(trace_at, 1).s);
    trace(&f, s, ml_ecg_trace, out);
    words_at(trace_at, STRIP * i + 3, "", line, out);
}

/* ---- the beats ---- */

static Frame beat_frame(int height) {
    return (Frame){BEATS_AT + beat_qrs * beat_per_ms, beat_baseline, BEATS_AT, WIDTH, beat_per_ms, beat_per_mv, edge, height - edge};
}

/* An interval below the beat, from ms to ms; its name left of the onset of QRS, right of it, or between its ends. */
typedef enum Side { LEFT, RIGHT, BETWEEN } Side;
static void bracket(const Frame *f, const char *name, double from, double to, double y, Side side, const char *style, FILE *out) {
    static const char *const anchor[] = {" text-anchor=\"end\"", "", " text-anchor=\"middle\""};
    static const double away = 0.5;
    if (!isfinite(from) || !isfinite(to)) return;
    const double left = fmax(f->left + edge, f->x + from * f->per_ms), right = fmin(f->right - edge, f->x + to * f->per_ms);
    char text[40] = "";
    if (!(right > left)) return;
    fprintf(out, "<path class=\"is %s\" d=\"M%s %sv-1.6m0 .8H%sm0 -.8v1.6\"/>\n", style, ml_fixed(left, 2).s, ml_fixed(y, 2).s, ml_fixed(right, 2).s);
    ml_append(text, sizeof text, "%s %s", name, ml_fixed(to - from, 0).s);
    words_at(side == LEFT ? right - away : side == RIGHT ? left + away : (left + right) / 2, y + 2, anchor[side], text, out);
}

static void brackets(const Frame *f, const MlEcgStrip *s, FILE *out) {
    const MlEcg *e = s->ecg;
    bracket(f, "PR", -e->pr, 0, 33, LEFT, s->style, out);
    bracket(f, "QRS", 0, e->qrs, 33, RIGHT, s->style, out);
    bracket(f, "QT", 0, e->qt, 36.6, BETWEEN, s->style, out);
}

static void beats(const MlEcgStrip *strip, int n, int height, FILE *out) {
    const Frame f = beat_frame(height);
    fprintf(out, "<path class=\"cut\" d=\"M%d 0v%d\"/>\n", BEATS_AT, height);
    for (int i = n - 1; i >= 0; i--)
        if (strip[i].ecg->rate > 0) trace(&f, &strip[i], ml_ecg_beat, out);
    if (n <= 2 && strip[0].ecg->rate > 0) brackets(&f, &strip[0], out);
    words_at(WIDTH - 1, 3, " text-anchor=\"end\"", "50 mm/s, 20 mm/mV", out);
}

/* ---- the whole ---- */

static void describe(const MlEcgStrip *strip, int n, const char *key, const char *title, FILE *out) {
    fprintf(out, "<title id=\"%s-t\">", key);
    ml_svg_text(title, out);
    fprintf(out, "</title>\n<desc id=\"%s-d\">Paper of 25 mm/s and 10 mm/mV. ", key);
    for (int i = 0; i < n; i++) {
        char words[200];
        ml_ecg_words(strip[i].ecg, words, sizeof words);
        ml_svg_text(strip[i].name, out);
        fputs(": ", out);
        ml_svg_text(words, out);
        fputs(". ", out);
    }
    fputs("</desc>\n", out);
}

void ml_ecg_paper(const MlEcgStrip *strip, int n, const char *key, const char *title, FILE *out) {
    if (n > ML_ECG_STRIPS) n = ML_ECG_STRIPS;
    const int height = STRIP * n > LEAST_HEIGHT ? STRIP * n : LEAST_HEIGHT;
    fprintf(out,
            "<div class=\"scroll\"><svg class=\"ecg\" role=\"img\" aria-labelledby=\"%s-t %s-d\" width=\"%dmm\" height=\"%dmm\" "
            "viewBox=\"0 0 %d %d\">\n",
            key, key, WIDTH, height, WIDTH, height);
    describe(strip, n, key, title, out);
    paper(height, out);
    for (int i = n - 1; i >= 0; i--) one_strip(&strip[i], i, out);
    beats(strip, n, height, out);
    words_at(trace_end - 1, height - 1, " text-anchor=\"end\"", "25 mm/s, 10 mm/mV", out);
    fputs("</svg></div>\n", out);
}
