/* SPDX-License-Identifier: Apache-2.0 */
#include "run/settle.h"

#include <string.h>

#include "run/settled.h"

static milieu_code settle_custom(const MlHouse *house, MlPerson *person, double *state, milieu_error *err) {
    const MlPerson asked = *person;
    if (ml_known_find(house->known, person, state)) return MILIEU_OK;
    ML_TRY(ml_person_settle(house->model, person, ml_settled_clock, house->stopped, state, err));
    ml_known_keep(house->known, &asked, person, state);
    return MILIEU_OK;
}

/* Presets come with their steady state. */
milieu_code ml_settle(const MlHouse *house, MlPerson *person, double *state, milieu_error *err) {
    ml_drug_parameters(house->drugs, person->param);
    if (person->custom) return settle_custom(house, person, state, err);
    const MlSettled *known = &ml_settled[ml_preset_find(person->preset)];
    person->param[ML_P_tonicity_normal] = known->tonicity_normal;
    memcpy(state, known->state, sizeof known->state);
    return MILIEU_OK;
}

/* Whoever cannot be without the disorder (a diet that only failing kidneys go with) has what they have for normal. */
milieu_code ml_own_water(const MlHouse *house, const MlPersonSpec *spec, const MlSession *session, double begin, double *water, milieu_error *err) {
    const MlPerson *person = ml_session_person(session);
    MlPersonSpec healthy;
    MlPerson twin;
    double state[ML_NSTATE];
    *water = person->since_dialysis > 0 ? person->dry_water : begin;
    if (person->since_dialysis > 0 || !ml_person_without_disorders(spec, &healthy)) return MILIEU_OK;
    milieu_code code = ml_person_build(&healthy, &twin, err);
    if (code == MILIEU_OK) code = ml_settle(house, &twin, state, err);
    if (code == MILIEU_OK) *water -= ml_session_settled_water(session) - ml_water_inside(state);
    return code == MILIEU_NO_MEMORY || code == MILIEU_INTERRUPTED ? code : MILIEU_OK;
}
