/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SCENARIO_VALUES_H
#define ML_SCENARIO_VALUES_H

#include "scenario/yaml.h"
#include "timeline/tables.h"

/* Single values of a file, read and checked. Each reader gives false after adding an error that names the
 * key, what was found and what is allowed. A node that stands for a broken alias gives false silently. */

/* A number with its unit, and what is allowed. */
typedef struct MlExpect {
    const char *key;
    const char *unit;     /* the unit of the result; "1": no unit needed */
    double low, high;     /* in that unit */
    const MlMolar *molar; /* for mass to amount; NULL: none */
    unsigned flags;       /* ML_CONVERT_... */
} MlExpect;

bool ml_read_number(MlIssues *issues, const MlNode *node, const MlExpect *expect, double *value);
bool ml_read_time(MlIssues *issues, const MlNode *node, const char *key, double low, double high,
                  double *minutes);
bool ml_read_integer(MlIssues *issues, const MlNode *node, const char *key, int low, int high, int *value);
bool ml_read_switch(MlIssues *issues, const MlNode *node, const char *key, int *value);
bool ml_read_clock(MlIssues *issues, const MlNode *node, const char *key, double *minutes);
bool ml_read_text(MlIssues *issues, const MlNode *node, const char *key, char *text, size_t size);
bool ml_read_choice(MlIssues *issues, const MlNode *node, const char *key, MlChoiceList list,
                    MlChoice *choice);

/* The name of a quantity, as an index of outputs.def. A quantity that this version does not compute is an
 * error of code MILIEU_NOT_AVAILABLE; with later, it is accepted. */
bool ml_read_quantity(MlIssues *issues, const MlNode *node, const char *key, bool later, int *output);

/* A value of a quantity in its SI unit; mass becomes amount by its substance. Where relative is not NULL, a
 * percentage sets it and gives a fraction, unless the quantity itself is in percent or is a ratio. */
bool ml_read_value_of(MlIssues *issues, const MlNode *node, const char *key, int output, unsigned flags,
                      double low, double high, bool *relative, double *value);

/* The number with its unit as it stands, for values whose unit decides what they mean. With needs_unit a bare
 * number is an error that names `example`. */
bool ml_read_raw(MlIssues *issues, const MlNode *node, const char *key, bool needs_unit, const char *example,
                 MlQuantity *q);

/* ---- the shape of a file ---- */

bool ml_expect_mapping(MlIssues *issues, const MlNode *node, const char *key);
bool ml_expect_mapping_like(MlIssues *issues, const MlNode *node, const char *key, const char *example);
bool ml_expect_list(MlIssues *issues, const MlNode *node, const char *key);
void ml_unknown_key(MlIssues *issues, const MlNode *key, const char *where, const char *const *known,
                    size_t n);

/* " (did you mean 'mass'?)", or nothing where no name is near; buffer gets the text. */
enum { ML_HINT_SIZE = 128 };
const char *ml_hint(const char *word, const char *const *known, size_t n, char buffer[ML_HINT_SIZE]);

/* "outside the allowed range, 1 min to 10 y"; with a word on percentages where found was surely meant as one.
 */
enum { ML_RANGE_SIZE = 160 };
const char *ml_range_text(double found, bool bare, double low, double high, const char *unit,
                          char buffer[ML_RANGE_SIZE]);

/* "female, male", cut to the size. */
void ml_join_names(const char *const *names, size_t n, char *buffer, size_t size);

#endif
