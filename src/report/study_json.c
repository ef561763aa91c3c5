/* SPDX-License-Identifier: Apache-2.0 */
#include "report/json_value.h"
#include "report/study_report.h"

static json_t *text(const char *s) { return ml_json_text(s && *s ? s : NULL); }

static json_t *json_count(const MlStudySet *set, const MlCounted *which) {
    const MlCount c = ml_count_set(set, which);
    return json_pack("{s:i,s:i,s:i,s:i,s:i,s:o,s:o,s:o}", "points", c.points, "within_1sd", c.within_1sd,
                     "within_2sd", c.within_2sd, "beyond_2sd", c.beyond_2sd, "not_run", c.not_run, "bias",
                     ml_json_number(ml_count_bias(&c)), "rms", ml_json_number(ml_count_rms(&c)), "no_change_within_1sd",
                     ml_json_number(ml_count_share_still(&c)));
}

static json_t *json_topics(const MlStudySet *set, const MlCounted *which) {
    json_t *topics = json_object();
    MlCounted part = *which;
    for (part.topic = 0; ml_topic_words[part.topic]; part.topic++) {
        bool there = false;
        for (int i = 0; i < set->n; i++) there |= set->study[i].topic == part.topic;
        if (there) ml_json_put(&topics, ml_topic_words[part.topic], json_count(set, &part));
    }
    return topics;
}

static json_t *json_observation(const MlStudy *s, const MlObservation *o) {
    const MlFinding *f = &o->found;
    char when[ML_WHEN_TEXT], unit[ML_UNIT_TEXT];
    ml_observation_when(s, o, when, sizeof when);
    ml_observation_unit(o, unit, sizeof unit);
    json_t *x = json_pack("{s:o,s:s,s:o,s:o,s:o,s:o,s:o,s:s}", "arm", text(s->arm[o->arm].name), "quantity",
                          ml_outputs[o->output].name, "when", text(when), "measured", ml_json_number(o->value), "sd",
                          ml_json_number(f->sd), "simulated", ml_json_number(f->simulated), "deviation", ml_json_number(f->deviation),
                          "verdict", ml_verdict_words[f->verdict]);
    ml_json_put(&x, "unit", json_string(unit));
    ml_json_put(&x, "sd_is_usual", json_boolean(f->usual));
    ml_json_put(&x, "contested", json_boolean(o->contested));
    ml_json_put(&x, "quality",
                        text(o->quality == ML_QUALITY_NONE ? NULL : ml_quality_words[o->quality]));
    ml_json_put(&x, "reason", text(f->why));
    return x;
}

static json_t *json_study(const MlStudy *s) {
    json_t *observed = json_array();
    const char *error = s->error;
    for (int i = 0; i < s->narm && !*error; i++)
        if (!s->arm[i].ran) error = s->arm[i].error.text;
    for (int k = 0; k < s->nobserved; k++)
        ml_json_add(&observed, json_observation(s, &s->observed[k]));
    return json_pack("{s:o,s:o,s:o,s:o,s:o}", "study", text(s->name), "topic",
                     text(*s->error ? NULL : ml_topic_words[s->topic]), "file", text(s->file), "error", text(error),
                     "observed", observed);
}

bool ml_study_json(const MlStudySet *set, const MlCounted *which, FILE *out) {
    MlCounted contested = *which;
    json_t *studies = json_array();
    contested.contested = true;
    for (int i = 0; i < set->n; i++) ml_json_add(&studies, json_study(&set->study[i]));
    json_t *root =
        json_pack("{s:o,s:o,s:o,s:o}", "summary", json_count(set, which), "topics", json_topics(set, which),
                  "contested", json_count(set, &contested), "studies", studies);
    const bool good = root && json_dumpf(root, out, JSON_INDENT(2) | JSON_REAL_PRECISION(8)) == 0;
    if (good) fputc('\n', out);
    json_decref(root);
    return good && !ferror(out);
}
