/* SPDX-License-Identifier: Apache-2.0 */
#include "run/record.h"

#include <math.h>
#include <string.h>

#include "base/fail.h"
#include "run/account.h"

/* What a report shows when nothing is asked for. */
static const int default_quantities[] = {
    ML_O_body_mass,
    ML_O_water_balance,
    ML_O_ecf_volume,
    ML_O_icf_volume,
    ML_O_plasma_volume,
    ML_O_brain_water,
    ML_O_muscle_cell_volume,
    ML_O_core_temperature,
    ML_O_thirst,
    ML_O_mean_arterial_pressure,
    ML_O_gfr,
    ML_O_hematocrit,
    ML_O_plasma_sodium,
    ML_O_plasma_potassium,
    ML_O_plasma_chloride,
    ML_O_plasma_bicarbonate,
    ML_O_plasma_ph,
    ML_O_arterial_pco2,
    ML_O_plasma_anion_gap,
    ML_O_plasma_lactate,
    ML_O_plasma_ketones,
    ML_O_plasma_urea,
    ML_O_plasma_creatinine,
    ML_O_plasma_glucose,
    ML_O_plasma_protein,
    ML_O_plasma_osmolality,
    ML_O_plasma_adh,
    ML_O_plasma_renin,
    ML_O_plasma_aldosterone,
    ML_O_plasma_anp,
    ML_O_plasma_insulin,
    ML_O_urine_flow,
    ML_O_urine_volume,
    ML_O_urine_osmolality,
    ML_O_urine_sodium,
    ML_O_urine_sodium_total,
    ML_O_urine_potassium,
    ML_O_urine_potassium_total,
    ML_O_urine_ph,
    ML_O_urine_bicarbonate_rate,
    ML_O_urine_ammonium_rate,
    ML_O_fractional_excretion_sodium,
    ML_O_fractional_excretion_potassium,
    ML_O_sweat_rate,
    ML_O_sweat_volume,
    ML_O_sweat_sodium_total,
    ML_O_insensible_volume,
    ML_O_gastric_volume,
    ML_O_gut_volume,
    ML_O_intake_water,
    ML_O_intake_sodium_total,
    ML_O_intake_potassium_total,
    ML_O_stool_potassium_total,
    ML_O_body_potassium,
    ML_O_plasma_calcium_total,
    ML_O_plasma_calcium_ionized,
    ML_O_plasma_magnesium_total,
    ML_O_plasma_phosphate,
    ML_O_plasma_pth,
    ML_O_plasma_calcitriol,
    ML_O_urine_calcium_total,
    ML_O_urine_magnesium_total,
    ML_O_urine_phosphate_total,
    ML_O_motor_axon_threshold,
    ML_O_sensory_axon_threshold,
    ML_O_motor_axon_margin,
    ML_O_sensory_axon_margin,
    ML_O_muscle_resting_potential,
    ML_O_muscle_excitable_fraction,
    ML_O_muscle_force,
    ML_O_reflex_gain,
    ML_O_cramp_threshold_frequency,
    ML_O_cramp_threshold_low,
    ML_O_cramp_threshold_high,
    ML_O_cramp_rate,
};

/* The ends of its band come with the cramp threshold, asked for or not. */
static const int band[] = {ML_O_cramp_threshold_low, ML_O_cramp_threshold_high};
enum { NBAND = sizeof band / sizeof band[0] };

static int is_kept(const MlResult *r, int output) {
    int i = 0;
    while (i < r->noutput && r->output[i] != output) i++;
    return i < r->noutput;
}

static void complete_band(MlResult *r) {
    if (!is_kept(r, ML_O_cramp_threshold_frequency)) return;
    for (int k = 0; k < NBAND; k++)
        if (!is_kept(r, band[k])) r->output[r->noutput++] = band[k];
}

milieu_code ml_record_outputs(MlRecorder *rec, const MlScenario *sc, milieu_error *err) {
    MlResult *r = rec->r;
    const int *which = sc->nquantity ? sc->quantity : default_quantities;
    r->noutput = sc->nquantity ? sc->nquantity : (int)(sizeof default_quantities / sizeof default_quantities[0]);
    r->output = ml_new(rec->memory, (size_t)r->noutput + NBAND, sizeof(int));
    if (!r->output) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    memcpy(r->output, which, sizeof(int) * (size_t)r->noutput);
    complete_band(r);
    for (int i = 0; i < r->noutput; i++) rec->close |= ml_outputs[r->output[i]].available == ML_CLOSE;
    return MILIEU_OK;
}

milieu_code ml_record_series(MlRecorder *rec, milieu_error *err) {
    MlResult *r = rec->r;
    r->ntime = rec->next;
    r->time = ml_new(rec->memory, (size_t)r->ntime + 1, sizeof(double));
    if (!r->time) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    memcpy(r->time, rec->when, sizeof(double) * (size_t)r->ntime);
    for (int i = 0; i < r->noutput; i++)
        memmove(r->value + (size_t)i * (size_t)r->ntime, ml_record_value(rec, i, 0), sizeof(double) * (size_t)r->ntime);
    return MILIEU_OK;
}

/* 1 where a stretch of that length ends: at its multiples and where the run does. */
static int is_bound(const MlRecorder *rec, int i, double length) {
    return i + 1 == rec->next_stretch || fabs(remainder(rec->stretch[i], length)) < 1e-6;
}

/* The extremes that lie within a stretch. */
static void explain_extremes(const MlRecorder *rec, const MlContext *context, MlWhy why, const MlMoment *from, double to) {
    for (int k = 0; k < 2; k++) {
        const MlMoment *m = &rec->extreme[why][k];
        if (m->t > from->t && m->t <= to) ml_explain(why, context, from, m, &rec->r->extreme[why][k]);
    }
}

milieu_code ml_record_accounts(MlRecorder *rec, const MlContext *context, const double *last, milieu_error *err) {
    MlResult *r = rec->r;
    r->balance = ml_balance(rec->memory, rec->start, last, &r->nbalance);
    if (!r->balance) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    for (int k = 0; k < ML_NWHY; k++) {
        r->explanation[k] = ml_new(rec->memory, (size_t)rec->nstretch, sizeof *r->explanation[k]);
        if (!r->explanation[k]) return ml_fail(err, MILIEU_NO_MEMORY, "run", "out of memory");
    }
    const double length = fmax(ml_record_stretch(r->end_time - rec->stretch[0]), rec->spacing); /* death may have shortened the run */
    for (int from = 0, to = 1; to < rec->next_stretch; to++) {
        if (!is_bound(rec, to, length)) continue;
        for (int k = 0; k < ML_NWHY; k++) {
            ml_explain((MlWhy)k, context, &rec->moment[from], &rec->moment[to], &r->explanation[k][r->nexplanation]);
            explain_extremes(rec, context, (MlWhy)k, &rec->moment[from], rec->moment[to].t);
        }
        r->nexplanation++;
        from = to;
    }
    return MILIEU_OK;
}

/* The flags. */
void ml_record_flags(MlRecorder *rec) {
    MlResult *r = rec->r;
    const MlFlagSpan *spans = ml_signs_spans(rec->signs, &r->nflag);
    r->flag = ml_new(rec->memory, (size_t)r->nflag + 1, sizeof *r->flag);
    if (!r->flag) {
        rec->out_of_memory = 1;
        r->nflag = 0;
    }
    for (int i = 0; i < r->nflag; i++) { /* in order of time: a flag that had to wait is told from before its wait */
        int k = i;
        for (; k > 0 && r->flag[k - 1].on > spans[i].on; k--) r->flag[k] = r->flag[k - 1];
        r->flag[k] = spans[i];
    }
}
