/* SPDX-License-Identifier: Apache-2.0 */
/* A driver is a signal that the laws of cells read, or cell water. Its flow f into cells is uptake as it is, less uptake
 * with the driver at rest. Cells answer what has been moved: m' = f + a e - l m in muscle, with chloride of muscle and in other cells,
 * where e = - sum m is what it left outside, a and l the slopes of uptake against potassium outside and content. So a driver that
 * lasts comes to a level, and what remains of the whole exchange is the answer of cells to gain and loss. What working
 * muscle gives to plasma mixes with the interstitium within minutes. */
#include "run/shift.h"

#include <string.h>

static const MlState driver[][2] = {
    [ML_SHIFT_INSULIN] = {ML_S_pump_insulin, ML_S_pump_insulin},
    [ML_SHIFT_BETA2] = {ML_S_adrenergic, ML_S_adrenergic},
    [ML_SHIFT_ALDOSTERONE] = {ML_S_aldosterone, ML_S_aldosterone},
    [ML_SHIFT_ACID] = {ML_S_acid_memory, ML_S_acid_memory},
    [ML_SHIFT_WATER] = {ML_S_muscle_water, ML_S_other_water},
    [ML_SHIFT_EXERCISE] = {ML_S_pump_drive, ML_S_pump_drive},
    [ML_SHIFT_DIGOXIN] = {ML_S_digoxin_body, ML_S_digoxin_body},
    [ML_SHIFT_CLOCK] = {ML_S_clock_cosine, ML_S_clock_cosine},
};
enum { NDRIVER = sizeof driver / sizeof driver[0], NCELL = ML_SHIFT_STORES, NONE = -1 };
_Static_assert(NDRIVER <= 8, "a lane for each driver");

static const struct {
    int uptake, buffering, content;
} cell[NCELL] = {{ML_F_muscle_potassium_uptake, ML_F_muscle_buffering, ML_S_muscle_potassium},
                 {ML_F_other_potassium_uptake, ML_F_other_buffering, ML_S_other_potassium},
                 {ML_F_muscle_chloride_entry, NONE, ML_S_muscle_chloride}};

/* Potassium that leaves the fluid outside cells with each unit of a flow. */
static double potassium_with(int flow) {
    double sum = 0;
    for (size_t i = 0; i < ml_ncouple; i++)
        if (ml_couples[i].flow == flow && ml_couples[i].from == ML_S_interstitial_potassium) sum += ml_couples[i].ratio;
    return sum;
}

/* Flows of each driver into each kind of cell. */
static void drivers(const MlContext *context, const MlShifts *s, const double *y, const double *row, double flow[][NCELL]) {
    MlReal8 trial[ML_NSTATE], without[ML_NROW];
    for (int i = 0; i < ML_NSTATE; i++) trial[i] = y[i] + (MlReal8){0};
    for (int k = 0; k < NDRIVER; k++)
        for (int i = 0; i < 2; i++) trial[driver[k][i]][k] = s->rest[driver[k][i]];
    ml_body_rows8(context, 0, trial, without);
    for (int c = 0; c < NCELL; c++) {
        for (int k = 0; k < NDRIVER; k++) flow[k][c] = row[cell[c].uptake] - without[cell[c].uptake][k];
        if (cell[c].buffering != NONE) flow[ML_SHIFT_ACID][c] += row[cell[c].buffering] * potassium_with(cell[c].buffering);
    }
    flow[ML_SHIFT_EXERCISE][0] += row[ML_F_exercise_uptake] - row[ML_F_exercise_washout];
    flow[ML_SHIFT_WASTING][0] = -row[ML_F_waste_potassium];
}

static void slopes(const MlContext *context, const double *y, const double *row, MlShifts *s) {
    double outside = y[ML_S_interstitial_potassium], tried[ML_NSTATE], more[ML_NROW];
    const double share = outside / (outside + y[ML_S_plasma_potassium]), little = 1e-4;
    memcpy(tried, y, sizeof tried);
    tried[ML_S_interstitial_potassium] *= 1 + little;
    ml_body_rows(context, 0, tried, more);
    for (int c = 0; c < NCELL; c++) s->outside[c] = share * (more[cell[c].uptake] - row[cell[c].uptake]) / (little * outside);
    s->mixing = (row[ML_F_filter_potassium] - more[ML_F_filter_potassium]) / (little * outside);
    memcpy(tried, y, sizeof tried);
    tried[ML_S_plasma_potassium] *= 1 + little;
    ml_body_rows(context, 0, tried, more);
    s->mixing += (more[ML_F_filter_potassium] - row[ML_F_filter_potassium]) / (little * y[ML_S_plasma_potassium]);
    tried[ML_S_plasma_potassium] = y[ML_S_plasma_potassium];
    for (int c = 0; c < NCELL; c++) {
        const int content = cell[c].content;
        tried[content] *= 1 + little;
        ml_body_rows(context, 0, tried, more);
        s->inside[c] = (row[cell[c].uptake] - more[cell[c].uptake]) / (little * y[content]);
        tried[content] = y[content];
    }
}

/* One implicit step: m + h l m + h a sum m = m0 + h f, solved for the sum first. */
static void step(const MlShifts *s, double h, const double *flow, double *m) {
    double sum = 0, answer = 1;
    for (int c = 0; c < NCELL; c++) {
        m[c] = (m[c] + h * flow[c]) / (1 + h * s->inside[c]);
        sum += m[c];
        answer += h * s->outside[c] / (1 + h * s->inside[c]);
    }
    for (int c = 0; c < NCELL; c++) m[c] -= h * s->outside[c] / (1 + h * s->inside[c]) * sum / answer;
}

void ml_shifts_follow(const MlContext *context, const double *y, double minutes, MlShifts *s) {
    enum { OLD = 30 }; /* min: slopes change slowly */
    double row[ML_NROW], flow[ML_NSHIFT][NCELL] = {{0}};
    ml_body_rows(context, 0, y, row);
    drivers(context, s, y, row, flow);
    if (s->age == 0) slopes(context, y, row, s);
    s->age = s->age + minutes < OLD ? s->age + minutes : 0;
    for (int k = 0; k < ML_NSHIFT; k++) step(s, minutes, flow[k], s->into[k]);
    s->washed = (s->washed + minutes * (row[ML_F_exercise_washout] - row[ML_F_exercise_uptake])) / (1 + minutes * s->mixing);
}

void ml_shifts_begin(const MlContext *context, const double *y, MlShifts *s) {
    static const MlState silent[] = {ML_S_pump_drive, ML_S_digoxin_body, ML_S_clock_cosine};
    enum { LONG = 30 * 1440 };
    const double *p = context->param;
    memset(s, 0, sizeof *s);
    memcpy(s->rest, y, sizeof s->rest);
    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) s->rest[silent[i]] = 0;
    s->rest[ML_S_adrenergic] = p[ML_P_adrenergic_basal];
    s->rest[ML_S_pump_insulin] = p[ML_P_insulin_basal] / (p[ML_P_insulin_basal] + p[ML_P_pump_insulin_half]);
    ml_shifts_follow(context, y, LONG, s);
}

double ml_shifts_out(const MlShifts *s, MlShift shift) {
    double out = 0;
    for (int c = 0; c < NCELL; c++) out -= s->into[shift][c];
    return out;
}

double ml_shifts_ahead(const MlShifts *s, const double *y) {
    const double plasma = y[ML_S_plasma_water], interstitial = y[ML_S_interstitial_water];
    return s->washed / plasma * interstitial / (plasma + interstitial);
}
