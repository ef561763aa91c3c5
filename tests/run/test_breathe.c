/* SPDX-License-Identifier: Apache-2.0 */
/* How one breathes, and at what height. */
#define STORY_OUTPUTS "arterial_pco2", "plasma_ph", "plasma_bicarbonate", "plasma_potassium"
#include "story.h"

/* Twice the ventilation, half the carbon dioxide; afterwards all as before. */
static void hyperventilation(void **state) {
    (void)state;
    Story s = begin("adult-man", 4, "none", NULL);
    add(&s, "breathe", NULL, 1, "ventilation", 2, "1", 30, 0, 1);
    live(&s);
    const double before = at(&s, "arterial_pco2", 1), during = at(&s, "arterial_pco2", 1.5);
    between("carbon dioxide to that before", during / before, 0.47, 0.53);
    between("rise of pH", at(&s, "plasma_ph", 1.5) - at(&s, "plasma_ph", 1), 0.15, 0.3);
    between("carbon dioxide after an hour of rest", at(&s, "arterial_pco2", 2.5), 0.95 * before, 1.05 * before);
    end(&s);
}

/* What is held returns to what was held before, and both to free breathing. */
static void one_replaces_the_other(void **state) {
    (void)state;
    Story s = begin("adult-man", 6, "none", NULL);
    add(&s, "breathe", NULL, 0, "pco2", 60, "mmHg", 0, 0, 1);
    add(&s, "breathe", NULL, 1, "pco2", 4, "kPa", 60, 0, 1);
    add(&s, "breathe", NULL, 4, "ventilation", 1, "1", 0, 0, 1);
    live(&s);
    between("held at 60 mmHg", at(&s, "arterial_pco2", 1), 59.9, 60.1);
    between("held at 4 kPa", at(&s, "arterial_pco2", 2), 29.9, 30.1);
    between("held at 60 mmHg again", at(&s, "arterial_pco2", 4), 59.9, 60.1);
    between("free", at(&s, "arterial_pco2", 6), 37, 43);
    end(&s);
}

/* Half the pressure of the sea: carbon dioxide falls at once and further for days (Rahn & Otis, Am J Physiol 1949;157:445),
 * no less so when one sighs in between; sea level changes nothing. */
static void altitude(void **state) {
    (void)state;
    Story s = begin("adult-man", 24 * 8, NULL, NULL), sea = begin("adult-man", 24, NULL, NULL), alone = begin("adult-man", 24, NULL, NULL);
    add(&s, "breathe", NULL, 0, "altitude", 4300, "m", 24 * 6 * 60, 0, 1);
    add(&s, "breathe", NULL, 24, "ventilation", 1.5, "1", 6, 0, 1);
    add(&sea, "breathe", NULL, 0, "altitude", 0, "m", 0, 0, 1);
    live(&s);
    live(&sea);
    live(&alone);
    between("an hour after arrival", at(&s, "arterial_pco2", 1), 31, 38);
    between("on the sixth day", at(&s, "arterial_pco2", 24 * 6), 24, 31);
    between("two days after descent", at(&s, "arterial_pco2", 24 * 8), 28, 41);
    between("at sea level", at(&sea, "arterial_pco2", 24) - at(&alone, "arterial_pco2", 24), -1e-6, 1e-6);
    end(&s);
    end(&sea);
    end(&alone);
}

/* An hour at twice what an old woman can do ends within minutes. */
static void beyond_ones_strength(void **state) {
    (void)state;
    Story s = begin("older-woman", 3, "none", NULL);
    add(&s, "exercise", NULL, 1, "met", 9, "1", 60, 0, 1);
    live(&s);
    between("pH five minutes after it began", at(&s, "plasma_ph", 1 + 5.0 / 60), 7.0, 7.35);
    between("pH an hour later", at(&s, "plasma_ph", 2), 7.3, 7.45);
    end(&s);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hyperventilation),
        cmocka_unit_test(one_replaces_the_other),
        cmocka_unit_test(altitude),
        cmocka_unit_test(beyond_ones_strength),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
