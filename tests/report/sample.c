/* SPDX-License-Identifier: Apache-2.0 */
#include "report/sample.h"

#include "body/tables.h"
#include "timeline/timeline.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR = 60, DAY = 1440, EVERY = 5 };
static const double MEAL = 0.45; /* L with a meal, and 45 mmol of sodium */

static const int outputs[] = {ML_O_plasma_sodium,
                              ML_O_plasma_chloride,
                              ML_O_plasma_osmolality,
                              ML_O_plasma_tonicity,
                              ML_O_plasma_glucose,
                              ML_O_plasma_urea,
                              ML_O_plasma_protein,
                              ML_O_body_mass,
                              ML_O_water_balance,
                              ML_O_body_water,
                              ML_O_ecf_volume,
                              ML_O_icf_volume,
                              ML_O_plasma_volume,
                              ML_O_brain_water,
                              ML_O_core_temperature,
                              ML_O_thirst,
                              ML_O_intake_water,
                              ML_O_sweat_volume,
                              ML_O_urine_volume,
                              ML_O_insensible_volume,
                              ML_O_sweat_rate,
                              ML_O_sweat_sodium,
                              ML_O_gastric_volume,
                              ML_O_gut_volume,
                              ML_O_urine_flow,
                              ML_O_urine_osmolality,
                              ML_O_urine_sodium,
                              ML_O_urine_sodium_rate,
                              ML_O_gfr,
                              ML_O_plasma_adh,
                              ML_O_plasma_aldosterone,
                              ML_O_plasma_renin,
                              ML_O_plasma_anp,
                              ML_O_mean_arterial_pressure,
                              ML_O_central_venous_pressure};
enum { NOUTPUT = sizeof outputs / sizeof *outputs };

/* ---- building ---- */

static void *zeroed(size_t n, size_t size) {
    void *p = ml_new(NULL, n, size);
    if (!p) abort();
    return p;
}

static void make_series(MlResult *r, const int *which, int noutput, int ntime, double every) {
    r->noutput = noutput;
    r->output = zeroed((size_t)noutput, sizeof *r->output);
    memcpy(r->output, which, (size_t)noutput * sizeof *which);
    r->ntime = ntime;
    r->time = zeroed((size_t)ntime, sizeof *r->time);
    r->value = zeroed((size_t)noutput * (size_t)ntime, sizeof *r->value);
    for (int j = 0; j < ntime; j++) r->time[j] = j * every;
}

static void set(MlResult *r, int output, int j, double v) {
    for (int i = 0; i < r->noutput; i++)
        if (r->output[i] == output) r->value[(size_t)i * (size_t)r->ntime + (size_t)j] = v;
}

static void add_log(MlResult *r, double at, double until, int kind, const char *text) {
    r->log = ml_grow(NULL, r->log, (size_t)(r->nlog + 1), sizeof *r->log);
    if (!r->log) abort();
    MlLogEntry *e = &r->log[r->nlog++];
    *e = (MlLogEntry){.at = at, .until = until, .kind = kind};
    snprintf(e->text, sizeof e->text, "%s", text);
}

static void make_explanations(MlResult *r, int most) {
    for (int k = 0; k < ML_NWHY; k++) r->explanation[k] = zeroed((size_t)most, sizeof *r->explanation[k]);
}

/* One more stretch, without causes but for what the caller writes into the returned one. */
static MlExplanation *add_explanation(MlResult *r, MlWhy why, double from, double to) {
    const int i = r->nexplanation++;
    for (int k = 0; k < ML_NWHY; k++) r->explanation[k][i] = (MlExplanation){.from = from, .to = to};
    return &r->explanation[why][i];
}

static void add_route(MlBalance *b, const char *name, double in, double out) {
    b->route[b->nroute++] = (MlRoute){name, in, out};
    b->throughput += in + out;
}

/* ---- a crude person ---- */

typedef struct Person {
    double water, sodium;             /* L, mmol */
    double stomach, gut;              /* L */
    double salt;                      /* eaten, not yet absorbed, mmol */
    double drunk, sweat, urine, skin; /* L since t = 0 */
    double metabolic, urine_sodium;
    double brain, adh, heat;
} Person;

typedef struct Rates {
    double drink, sweat, urine, skin, metabolic, sweat_na, urine_na, urine_osm; /* L/min, mmol/L */
} Rates;

static int runs(double t) { return t < 5 * HOUR; }

static double drinking(double t) {
    if (runs(t)) return fmod(t, 15) < 1 ? 0.25 : 0;
    double of_day = fmod(t + 8 * HOUR, DAY);
    int meal = of_day == 12 * HOUR + 30 || of_day == 18 * HOUR + 30 || of_day == 7 * HOUR + 30;
    return meal ? MEAL : t > 6 * HOUR && of_day > 8 * HOUR && of_day < 23 * HOUR && fmod(t, 80) < 1 ? 0.2 : 0;
}

static double sodium_of(const Person *p) { return 1.05 * p->sodium / p->water; }

static Rates rates_of(const Person *p, double t) {
    double of_day = fmod(t + 8 * HOUR, DAY) / DAY;
    Rates a = {.drink = drinking(t)};
    a.sweat = p->heat * 0.62 / HOUR;
    a.sweat_na = 42 + 14 * p->heat;
    a.skin = (runs(t) ? 0.06 : 0.03) / HOUR;
    a.metabolic = (runs(t) ? 0.06 : 0.012) / HOUR;
    double dilute = 1 / (1 + exp((p->adh - 1.15) * 4));
    a.urine = (0.7 + 6.5 * dilute + 0.2 * sin(2 * M_PI * of_day)) / 1000;
    a.urine_osm = 0.00062 / a.urine * (runs(t) ? 0.75 : 1);
    a.urine_na = fmin(170, 0.1 / a.urine) * (runs(t) ? 0.55 : 1);
    return a;
}

static void advance(Person *p, const Rates *a, double t) {
    double emptying = p->stomach * 0.045, absorption = p->gut * 0.06;
    p->stomach += a->drink - emptying;
    p->gut += emptying - absorption;
    p->water += absorption + a->metabolic - a->sweat - a->skin - a->urine;
    p->salt += (drinking(t) == MEAL ? 45 : 0) - 0.03 * p->salt;
    p->sodium += 0.03 * p->salt;
    p->sodium -= a->sweat * a->sweat_na + a->urine * a->urine_na;
    p->drunk += a->drink, p->sweat += a->sweat, p->urine += a->urine, p->skin += a->skin;
    p->metabolic += a->metabolic, p->urine_sodium += a->urine * a->urine_na;
    double set_point = 2.0 + 0.28 * (sodium_of(p) - 140.4);
    double stimulus = fmax(runs(t) ? 1.9 : 0.3, set_point);
    p->adh += (stimulus - p->adh) / 40;
    p->brain += (pow(140.4 / sodium_of(p), 0.6) - p->brain) / 25;
    p->heat += ((runs(t) ? 1.0 : 0.0) - p->heat) / 9;
}

static void record(MlResult *r, int j, const Person *p, const Rates *a, const Person *p0) {
    double na = sodium_of(p), gain = p->water + p->stomach + p->gut - p0->water - p0->stomach - p0->gut;
    double ecf = 0.4 * p->water * pow(p->sodium / p0->sodium, 0.7);
    set(r, ML_O_plasma_sodium, j, na);
    set(r, ML_O_plasma_chloride, j, 0.735 * na);
    set(r, ML_O_plasma_osmolality, j, 2 * na + 8.5);
    set(r, ML_O_plasma_tonicity, j, 2 * na + 3.4);
    set(r, ML_O_plasma_glucose, j, 5.0 + 0.4 * p->heat);
    set(r, ML_O_plasma_urea, j, 4.8 * p0->water / p->water);
    set(r, ML_O_plasma_protein, j, 72 * p0->water / p->water);
    set(r, ML_O_body_mass, j, 58 + gain - 0.1 * p->metabolic);
    set(r, ML_O_water_balance, j, gain);
    set(r, ML_O_body_water, j, p->water + p->stomach + p->gut);
    set(r, ML_O_ecf_volume, j, ecf);
    set(r, ML_O_icf_volume, j, p->water - ecf);
    set(r, ML_O_plasma_volume, j, 0.225 * ecf * (1 - 0.06 * p->heat));
    set(r, ML_O_brain_water, j, p->brain);
    set(r, ML_O_core_temperature, j, 36.9 + 1.5 * p->heat);
    set(r, ML_O_thirst, j, fmax(0, fmin(1, 0.25 + 0.08 * (na - 140.4))));
    set(r, ML_O_intake_water, j, p->drunk);
    set(r, ML_O_sweat_volume, j, p->sweat);
    set(r, ML_O_urine_volume, j, p->urine);
    set(r, ML_O_insensible_volume, j, p->skin);
    set(r, ML_O_sweat_rate, j, a->sweat * HOUR);
    set(r, ML_O_sweat_sodium, j, p->heat > 0.05 ? a->sweat_na : (double)NAN);
    set(r, ML_O_gastric_volume, j, p->stomach);
    set(r, ML_O_gut_volume, j, p->gut);
    set(r, ML_O_urine_flow, j, a->urine * 1000);
    set(r, ML_O_urine_osmolality, j, a->urine_osm * 1000);
    set(r, ML_O_urine_sodium, j, a->urine_na);
    set(r, ML_O_urine_sodium_rate, j, a->urine * a->urine_na * HOUR);
    set(r, ML_O_gfr, j, 105 - 35 * p->heat);
    set(r, ML_O_plasma_adh, j, p->adh);
    set(r, ML_O_plasma_aldosterone, j, 220 + 420 * p->heat);
    set(r, ML_O_plasma_renin, j, 1 + 1.8 * p->heat);
    set(r, ML_O_plasma_anp, j, 1 + 0.6 * p->heat);
    set(r, ML_O_mean_arterial_pressure, j, 86 + 9 * p->heat);
    set(r, ML_O_central_venous_pressure, j, 4.5 - 1.2 * p->heat);
}

/* Change of plasma sodium over an hour: what each flow did to it, to first order. */
static void explain(MlExplanation *e, const Person *from, const Person *to) {
    double na = sodium_of(from), water = from->water;
    double absorbed = to->water - from->water + to->sweat - from->sweat + to->urine - from->urine + to->skin -
                      from->skin - to->metabolic + from->metabolic;
    double urine_na = to->urine_sodium - from->urine_sodium;
    double sweat = to->sweat - from->sweat, sweat_na = 52 * sweat;
    e->change = sodium_of(to) - na;
    e->cause[0] = (MlCause){"water drunk and absorbed", -na * absorbed / water};
    e->cause[1] = (MlCause){"sweat", na * sweat / water - sweat_na / water};
    e->cause[2] = (MlCause){"urine", na * (to->urine - from->urine) / water - urine_na / water};
    e->cause[3] = (MlCause){"Breath and skin", na * (to->skin - from->skin) / water};
    e->cause[4] = (MlCause){"metabolic water", -na * (to->metabolic - from->metabolic) / water};
    double rest = e->change;
    for (int k = 0; k < 5; k++) rest -= e->cause[k].effect;
    e->cause[5] = (MlCause){"salt eaten and absorbed", rest};
    e->ncause = 6;
}

static void simulate(MlResult *r, int explanation_step) {
    Person p = {.water = 31.2, .sodium = 31.2 * 140.4 / 1.05, .brain = 1, .adh = 1.6};
    const Person p0 = p;
    Person mark = p;
    int last = (r->ntime - 1) * EVERY;
    make_explanations(r, last / explanation_step + 1);
    for (int t = 0; t <= last; t++) {
        Rates a = rates_of(&p, t);
        if (t % EVERY == 0) record(r, t / EVERY, &p, &a, &p0);
        if (t > 0 && t % explanation_step == 0) {
            explain(add_explanation(r, ML_WHY_SODIUM, t - explanation_step, t), &mark, &p);
            mark = p;
        }
        if (t < last) advance(&p, &a, t);
    }
    r->balance = zeroed(4, sizeof *r->balance);
    r->nbalance = 4;
    r->balance[0] = (MlBalance){.substance = "Water", .unit = "L", .before = p0.water};
    r->balance[0].after = p.water + p.stomach + p.gut;
    add_route(&r->balance[0], "Food and drink", p.drunk, 0);
    add_route(&r->balance[0], "Metabolism", p.metabolic, 0);
    add_route(&r->balance[0], "Urine", 0, p.urine);
    add_route(&r->balance[0], "Sweat", 0, p.sweat);
    add_route(&r->balance[0], "Breath and skin", 0, p.skin);
    r->balance[0].residual = -3.6e-15;
    r->balance[1] =
        (MlBalance){.substance = "Sodium", .unit = "mmol", .before = p0.sodium, .after = p.sodium + p.salt};
    double meals = p.sodium + p.salt - p0.sodium + p.urine_sodium + 52 * p.sweat;
    add_route(&r->balance[1], "food and drink", meals, 0);
    add_route(&r->balance[1], "urine", 0, p.urine_sodium);
    add_route(&r->balance[1], "sweat", 0, 52 * p.sweat);
    r->balance[1].residual = 4.5e-13;
    r->balance[2] = r->balance[1];
    r->balance[2].substance = "Chloride";
    r->balance[3] = (MlBalance){.substance = "Mannitol", .unit = "mmol"};
}

static void flag_hyponatremia(MlResult *r) {
    r->flag = zeroed(3, sizeof *r->flag);
    r->nflag = 3;
    double low = 1e9, at = 0, on = NAN, off = NAN, swell_on = NAN, swell_off = NAN, brain = 0, brain_at = 0;
    for (int j = 0; j < r->ntime; j++) {
        double t = r->time[j], na = ml_result_at(r, ML_O_plasma_sodium, t);
        double b = ml_result_at(r, ML_O_brain_water, t);
        if (na < low) low = na, at = t;
        if (b > brain) brain = b, brain_at = t;
        if (na < 135 && isnan(on)) on = t;
        if (na >= 135 && !isnan(on) && isnan(off)) off = t;
        if (b > 1.02 && isnan(swell_on)) swell_on = t;
        if (b <= 1.02 && !isnan(swell_on) && isnan(swell_off)) swell_off = t;
    }
    r->flag[0] = (MlFlagSpan){0, low < 125 ? 3 : low < 130 ? 2 : 1, on, off, ML_O_plasma_sodium, at, low};
    r->flag[1] = (MlFlagSpan){15, 2, swell_on, swell_off, ML_O_brain_water, brain_at, brain};
    r->flag[2] = (MlFlagSpan){16, 1, 9 * HOUR, NAN, -1, 12 * HOUR, NAN};
}

static void marathon_log(MlResult *r) {
    add_log(r, 0, 5 * HOUR, ML_EVENT_EXERCISE, "exercise at 8 MET in 20 degC, 50 % humidity");
    for (int t = 0; t < 5 * HOUR; t += 15) add_log(r, t, t, ML_EVENT_DRINK, "drank 250 mL of water");
    add_log(r, 5 * HOUR, 5 * HOUR + 20, ML_EVENT_EAT, "lunch: 35 % of the habitual diet");
    add_log(r, 10.5 * HOUR, 10.5 * HOUR + 20, ML_EVENT_EAT, "supper: 40 % of the habitual diet");
    for (int t = 400; t < 15 * HOUR; t += 80) add_log(r, t, t, ML_EVENT_DRINK, "drank 200 mL of water");
    add_log(r, 23.5 * HOUR, 23.5 * HOUR + 20, ML_EVENT_EAT, "breakfast: 25 % of the habitual diet");
}

MlResult sample_marathon(void) {
    MlResult r = {.start_clock = 8 * HOUR, .duration = DAY, .end_time = DAY};
    snprintf(r.title, sizeof r.title, "Marathon on plain water");
    snprintf(
        r.person, sizeof r.person,
        "Woman of 34, 165 cm, 58 kg, 26 %% body fat, kidney function 105 mL/min, no disorder. Habitual diet "
        "of 130 mmol sodium and 2.0 L water a day.");
    make_series(&r, outputs, NOUTPUT, DAY / EVERY + 1, EVERY);
    simulate(&r, HOUR);
    marathon_log(&r);
    flag_hyponatremia(&r);
    r.note = zeroed(2, sizeof *r.note);
    r.nnote = 2;
    snprintf(r.note[0], sizeof *r.note,
             "Meals of the habitual diet at 07:30, 12:30 and 18:30; one that falls into "
             "exercise waits for its end.");
    snprintf(r.note[1], sizeof *r.note,
             "Wind speed was not given: 2 m/s, the speed of the runner, was assumed.");
    r.charge_residual = 2.1e-11;
    r.steps = 812, r.rejected = 37, r.evaluations = 5310;
    return r;
}

MlResult sample_days(int days) {
    MlResult r = {.start_clock = 8 * HOUR, .duration = days * DAY, .end_time = days * DAY};
    snprintf(r.title, sizeof r.title, "%d days", days);
    snprintf(r.person, sizeof r.person, "Woman of 34, 58 kg.");
    make_series(&r, outputs, NOUTPUT, days * DAY / EVERY + 1, EVERY);
    simulate(&r, DAY);
    for (int d = 0; d < days; d++) {
        add_log(&r, d * DAY + 4.5 * HOUR, d * DAY + 5 * HOUR, ML_EVENT_EAT,
                "lunch: 35 % of the habitual diet");
        add_log(&r, d * DAY + 10.5 * HOUR, d * DAY + 11 * HOUR, ML_EVENT_EAT,
                "supper: 40 % of the habitual diet");
    }
    return r;
}

MlResult sample_constant(int output, int n, double value) {
    MlResult r = {.start_clock = 8 * HOUR, .duration = n > 1 ? (n - 1) * EVERY : 0};
    r.end_time = r.duration;
    make_series(&r, &output, 1, n, EVERY);
    for (int j = 0; j < n; j++) r.value[j] = value;
    return r;
}

MlResult sample_courses(int n, const SampleCourse *course) {
    enum { HOURS = 12 };
    int which[ML_NOUTPUT] = {0};
    MlResult r = {.start_clock = 8 * HOUR, .duration = HOURS * HOUR, .end_time = HOURS * HOUR};
    for (int i = 0; i < n; i++) which[i] = course[i].output;
    make_series(&r, which, n, HOURS * HOUR / EVERY + 1, EVERY);
    for (int j = 0; j < r.ntime; j++)
        for (int i = 0; i < n; i++)
            set(&r, which[i], j, course[i].from + (course[i].to - course[i].from) * r.time[j] / r.duration);
    return r;
}

MlResult sample_hypokalemia(void) {
    enum { HOURS = 12 };
    static const int which[] = {ML_O_plasma_sodium, ML_O_plasma_potassium, ML_O_plasma_bicarbonate, ML_O_plasma_ph};
    MlResult r = {.start_clock = 8 * HOUR, .duration = HOURS * HOUR, .end_time = HOURS * HOUR};
    snprintf(r.title, sizeof r.title, "Potassium lost");
    make_series(&r, which, 4, HOURS * HOUR / EVERY + 1, EVERY);
    for (int j = 0; j < r.ntime; j++) {
        const double share = r.time[j] / r.duration;
        set(&r, ML_O_plasma_sodium, j, 140 + 0.3 * share);
        set(&r, ML_O_plasma_potassium, j, 4.2 - 1.3 * share);
        set(&r, ML_O_plasma_bicarbonate, j, 24 + 7 * share);
        set(&r, ML_O_plasma_ph, j, 7.4 + 0.06 * share);
    }
    make_explanations(&r, HOURS);
    for (int i = 0; i < HOURS; i++) {
        MlExplanation *e = add_explanation(&r, ML_WHY_POTASSIUM, i * HOUR, (i + 1) * HOUR);
        e->change = -1.3 / HOURS;
        e->cause[e->ncause++] = (MlCause){"urine", -4.0 / HOURS};
        e->cause[e->ncause++] = (MlCause){"cells, by plasma potassium", 2.7 / HOURS};
        e = &r.explanation[ML_WHY_BICARBONATE][i];
        e->change = 7.0 / HOURS;
        e->cause[e->ncause++] = (MlCause){"vomit and suction", 7.0 / HOURS};
    }
    return r;
}
