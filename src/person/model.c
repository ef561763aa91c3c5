/* SPDX-License-Identifier: Apache-2.0 */
#include "person/model.h"

#include <string.h>

#include "base/fail.h"
#include "person/person.h"
#include "solve/jacobian.h"

/* Inputs under which every row reads all it ever reads: nothing that multiplies a state is zero. */
static void probing_inputs(const MlPerson *person, double *input) {
    ml_person_inputs(person, input);
    input[ML_U_metabolic_rate] = 3; /* the air that walking moves is limited */
    input[ML_U_air_temperature] = 30;
    input[ML_U_bleed] = 0.01;
    input[ML_U_infuse_edetate] = 0.1;
    input[ML_U_capillary_leak] = 0.3;
    input[ML_U_vasoplegia] = 0.3;
    input[ML_U_nausea] = 0.1;
    for (int i = ML_U_vomit_water; i <= ML_U_purge_phosphate; i++) input[i] = 0.01;
    input[ML_U_tubule_injury] = 0.2;
    input[ML_U_muscle_death] = 1e-3;
    input[ML_U_kidneys] = 0.8;
    input[ML_U_catabolism] = 0.1;
    input[ML_U_dialyzing] = 0.5;
    input[ML_U_dialyzer_blood_flow] = 0.3;
    input[ML_U_dialyzer_dialysate_flow] = 0.5;
    input[ML_U_dialyzer_filtration] = input[ML_U_dialyzer_before] = input[ML_U_dialyzer_after] = 0.02;
    input[ML_U_dialyzer_citrate] = 0.4;
    input[ML_U_dialyzer_drying] = 0.01;
    input[ML_U_peritoneal_drain] = 0.2;
    input[ML_U_salted_food] = 0.01;
    input[ML_U_ingest_starch] = input[ML_U_ingest_protein] = input[ML_U_ingest_fat] = 1;
}

enum { POINTS = 16 };

/* Points in general position: contents scattered about their normal values, nothing empty or saturated. Half
 * of them stay near normal, in every corner of little and much fluid outside the cells, a cold and a warm
 * core, a cold and a warm skin: laws with a threshold or a limit need several of these to show all that they
 * read. */
static void probing_points(const MlPerson *person, double *point) {
    double base[ML_NSTATE];
    ml_person_guess(person, base);
    unsigned seed = 12345;
    for (int k = 0; k < POINTS; k++)
        for (int i = 0; i < ML_NSTATE; i++) {
            seed = seed * 1664525u + 1013904223u;
            const double r = (double)(seed >> 8) / 8388608.0 - 1;
            const double whole = base[i] != 0 ? base[i] : i < ML_NPOOL ? 1.0 : 0.01;
            double *y = &point[k * ML_NSTATE + i];
            *y = whole * (1 + (k < POINTS / 2 ? 0.005 : 0.1) * r);
            if (ml_states[i].place == ML_AT_plasma || ml_states[i].place == ML_AT_interstitial)
                *y *= k & 1 ? 0.85 : 1.15;
            if (i == ML_S_core_temperature) *y = base[i] + (k & 2 ? -2 : 2) + 0.1 * r;
            if (i == ML_S_body_dryness) *y = 0.6 + 0.05 * r; /* so that this is more than can be kept up */
            if (i == ML_S_work_reserve || i == ML_S_phosphocreatine) *y = 0.6 + 0.1 * r;
            if (i == ML_S_skin_temperature) *y = base[i] + (k & 4 ? -6 : 2) + 0.1 * r;
        }
}

static milieu_code probe(MlModel *m, milieu_error *err) {
    const MlMemory *memory = ml_memory_of(m);
    MlPersonSpec spec;
    MlPerson person;
    ml_person_spec_init(&spec);
    ML_TRY(ml_person_build(&spec, &person, err));
    double *point = ml_new(memory, POINTS * ML_NSTATE, sizeof *point);
    MlFrame *frame = ml_frame_create(memory);
    milieu_code code = MILIEU_NO_MEMORY;
    if (point && frame) {
        double input[ML_NINPUT];
        probing_inputs(&person, input);
        ml_frame_set(frame, person.param, input);
        probing_points(&person, point);
        code = ml_probe_pattern(memory, &m->problem, &frame->context, 0, POINTS, point, &m->read_ptr,
                                &m->read_col, err);
    } else {
        ml_fail(err, code, "model", "out of memory");
    }
    ml_free(point);
    ml_frame_destroy(&frame);
    return code;
}

static milieu_code copy_reads(MlModel *m, const MlReads *reads, milieu_error *err) {
    const MlMemory *memory = ml_memory_of(m);
    const size_t count = (size_t)reads->ptr[ML_NROW];
    m->read_ptr = ml_new(memory, ML_NROW + 1, sizeof(int));
    m->read_col = ml_new(memory, count + 1, sizeof(int));
    if (!m->read_ptr || !m->read_col) return ml_fail(err, MILIEU_NO_MEMORY, "model", "out of memory");
    memcpy(m->read_ptr, reads->ptr, (ML_NROW + 1) * sizeof(int));
    memcpy(m->read_col, reads->col, count * sizeof(int));
    return MILIEU_OK;
}

milieu_code ml_model_create(const MlMemory *memory, const MlReads *reads, MlModel **model, milieu_error *err) {
    MlModel *m = ml_new(memory, 1, sizeof *m);
    *model = m;
    if (!m) return ml_fail(err, MILIEU_NO_MEMORY, "model", "out of memory");
    ml_body_stoichiometry(m->A_ptr, m->A_col, m->A_val);
    for (int i = 0; i < ML_NSTATE; i++) m->atol[i] = ml_states[i].atol;
    m->problem = (MlProblem){.n = ML_NSTATE,
                             .nrow = ML_NROW,
                             .rows = ml_body_rows,
                             .rows8 = ml_body_rows8,
                             .A_ptr = m->A_ptr,
                             .A_col = m->A_col,
                             .A_val = m->A_val,
                             .atol = m->atol};
    const milieu_code code = reads ? copy_reads(m, reads, err) : probe(m, err);
    m->problem.read_ptr = m->read_ptr;
    m->problem.read_col = m->read_col;
    m->problem.seldom = reads ? reads->seldom : NULL;
    if (code != MILIEU_OK) ml_model_destroy(model);
    return code;
}

void ml_model_destroy(MlModel **model) {
    if (!*model) return;
    ml_free((*model)->read_ptr);
    ml_free((*model)->read_col);
    ml_free(*model);
    *model = NULL;
}

MlFrame *ml_frame_create(const MlMemory *memory) {
    MlFrame *f = ml_new(memory, 1, sizeof *f);
    if (f) f->context = (MlContext){f->param, f->input, f->param8, f->input8};
    return f;
}

void ml_frame_destroy(MlFrame **frame) {
    ml_free(*frame);
    *frame = NULL;
}

static void spread(const double *from, double *to, MlReal8 *to8, int n) {
    for (int i = 0; i < n; i++) {
        to[i] = from[i];
        to8[i] = from[i] - (MlReal8){0};
    }
}

void ml_frame_set(MlFrame *frame, const double *param, const double *input) {
    if (param) spread(param, frame->param, frame->param8, ML_NPARAM);
    if (input) spread(input, frame->input, frame->input8, ML_NINPUT);
}
