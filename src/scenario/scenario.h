/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ML_SCENARIO_SCENARIO_H
#define ML_SCENARIO_SCENARIO_H

#include "products/drug.h"
#include "products/product.h"
#include "scenario/yaml.h"
#include "timeline/timeline.h"

/* Scenario files into compiled scenarios. docs/format.md describes the format. */

/* The names a file may use besides those of the tables. */
typedef struct MlNames {
    const MlProducts *products; /* NULL: names of products are not checked */
    const MlDrugs *drugs;       /* NULL: names of drugs are not checked */
    bool mass_follows;          /* with values measured later, where the file tells none: doses per kilogram are not tried before */
} MlNames;

/* Reads a file with what it includes. Every error found is added to issues (which the caller has initialized
 * and frees); MILIEU_OK if there is none, else ml_issues_code of them. *out is initialized here and always to
 * be freed with ml_scenario_free; after an error it holds what could be read. */
milieu_code ml_scenario_read(const char *path, const MlNames *names, MlScenario *out, MlIssues *issues);

/* The same from memory; include is an error. file names the text in messages. */
milieu_code ml_scenario_read_text(const char *text, size_t size, const char *file, const MlNames *names,
                                  MlScenario *out, MlIssues *issues);

/* The same from a node that is a scenario without its `milieu:` line: an arm of a study. base (may be NULL)
 * is the person whose fields the scenario's own override one by one. */
milieu_code ml_scenario_read_node(const MlNode *node, const MlPersonSpec *base, const MlNames *names,
                                  MlScenario *out, MlIssues *issues);

/* Reads the fields of `person` (or of `people` of a study, whose key `n` is left to the caller) over those
 * that *person has. */
void ml_person_read(const MlNode *node, const char *key, const MlNames *names, MlPersonSpec *person,
                    MlIssues *issues);

#endif
