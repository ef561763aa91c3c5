/* SPDX-License-Identifier: Apache-2.0 */
/* The tables: nothing without a source, a unit or a place in the balance. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "body/body.h"

static void parameters_have_sources(void **state) {
    (void)state;
    for (int i = 0; i < ML_NPARAM; i++) {
        const MlParamInfo *p = &ml_params[i];
        if (strlen(p->source) < 4 || !p->unit[0] || !p->text[0])
            fail_msg("parameter %s lacks source, unit or text", p->name);
        if (!(p->low <= p->normal && p->normal <= p->high))
            fail_msg("parameter %s: default outside its limits", p->name);
    }
}

static void names_are_unique(void **state) {
    (void)state;
    for (int i = 0; i < ML_NPARAM; i++) assert_int_equal(ml_param_find(ml_params[i].name), i);
    for (int i = 0; i < ML_NOUTPUT; i++) assert_int_equal(ml_output_find(ml_outputs[i].name), i);
    for (int i = 0; i < ML_NSTATE; i++)
        for (int j = 0; j < i; j++) assert_string_not_equal(ml_states[i].name, ml_states[j].name);
    assert_int_equal(ml_param_find("nothing"), -1);
    assert_int_equal(ml_output_find("nothing"), -1);
}

/* Every flow moves one substance between two pools of it; so does every flow that is coupled to it. */
static void flows_conserve(void **state) {
    (void)state;
    for (int f = 0; f < ML_NFLOW; f++) {
        const MlStateInfo *a = &ml_states[ml_flows[f].from], *b = &ml_states[ml_flows[f].to];
        if (a->substance < 0 || a->substance != b->substance)
            fail_msg("flow %s changes the substance", ml_flows[f].name);
        if (a == b) fail_msg("flow %s goes nowhere", ml_flows[f].name);
    }
    for (size_t c = 0; c < ml_ncouple; c++)
        assert_int_equal(ml_states[ml_couples[c].from].substance, ml_states[ml_couples[c].to].substance);
}

static void stoichiometry_columns_sum_to_zero(void **state) {
    (void)state;
    int ptr[ML_NSTATE + 1], col[ML_A_SIZE];
    double val[ML_A_SIZE];
    const int n = ml_body_stoichiometry(ptr, col, val);
    assert_in_range(n, ML_NFLOW, ML_A_SIZE);
    for (int s = 0; s < ML_NSUBSTANCE; s++) {
        double sum[ML_NROW] = {0};
        for (int i = 0; i < ML_NPOOL; i++)
            if (ml_states[i].substance == s)
                for (int k = ptr[i]; k < ptr[i + 1]; k++) sum[col[k]] += val[k];
        for (int f = 0; f < ML_NROW; f++) assert_true(sum[f] == 0);
    }
}

static void every_pool_is_reached(void **state) {
    (void)state;
    int ptr[ML_NSTATE + 1], col[ML_A_SIZE];
    double val[ML_A_SIZE];
    ml_body_stoichiometry(ptr, col, val);
    for (int i = 0; i < ML_NSTATE; i++) {
        /* cells keep their chloride and impermeant solutes until blood is lost or given */
        const int kept = ml_states[i].substance == ML_fixed || ml_states[i].substance == ML_chloride;
        if (ptr[i] == ptr[i + 1] && !kept) fail_msg("no flow reaches %s", ml_states[i].name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parameters_have_sources), cmocka_unit_test(names_are_unique),
        cmocka_unit_test(flows_conserve),          cmocka_unit_test(stoichiometry_columns_sum_to_zero),
        cmocka_unit_test(every_pool_is_reached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
