/* SPDX-License-Identifier: Apache-2.0 */
/* Motoneurons of two compartments, with a persistent inward current in the dendrite that starts and holds a plateau:
 * 32 at a time, each with its own traits. */
#ifndef ML_TISSUE_MOTONEURON_H
#define ML_TISSUE_MOTONEURON_H

enum { ML_CELLS = 32, ML_BLOCK_STEPS = 8 };

/* STATE(id): potentials of the soma, now and a step ago, and of the dendrite, mV; gates of sodium and potassium, of N-type
 * calcium in soma and dendrite, of the persistent current and its slow inactivation; free calcium, umol/L; synaptic
 * noise, SD 1. */
#define ML_MOTONEURON_STATES(STATE)                                                                          \
    STATE(vs) STATE(last) STATE(vd) STATE(h) STATE(n) STATE(ms) STATE(hs) STATE(md) STATE(hd)                \
    STATE(ml) STATE(slow) STATE(cs) STATE(cd) STATE(noise)

/* TRAIT(id, unit, text). What differs between cells, or with what bathes them. */
#define ML_MOTONEURON_TRAITS(TRAIT)                                                                          \
    TRAIT(leak, "mS/cm2", "Leak of both compartments")                                                       \
    TRAIT(leak_reversal, "mV", "Its reversal")                                                               \
    TRAIT(potassium_reversal, "mV", "Potassium reversal")                                                    \
    TRAIT(calcium_reversal, "mV", "Calcium reversal")                                                        \
    TRAIT(calcium_soma, "mS/cm2", "N-type calcium, soma")                                                    \
    TRAIT(calcium_dendrite, "mS/cm2", "N-type calcium, dendrite")                                            \
    TRAIT(persistent, "mS/cm2", "Persistent inward current")                                                 \
    TRAIT(kca_soma, "mS/cm2", "Potassium opened by calcium, soma")                                           \
    TRAIT(kca_dendrite, "mS/cm2", "the same, dendrite")                                                      \
    TRAIT(couple_soma, "mS/cm2", "Coupling per surface of the soma")                                         \
    TRAIT(couple_dendrite, "mS/cm2", "Coupling per surface of the dendrite")                                 \
    TRAIT(influx, "umol/L per uA/cm2", "Steady free calcium by a calcium current")                           \
    TRAIT(shift, "mV", "Of all gates along the voltage")                                                     \
    TRAIT(pace, "1", "Of all rates")                                                                         \
    TRAIT(slow_rate, "1/ms", "Slow inactivation of the persistent current")                                  \
    TRAIT(noise_soma, "uA/cm2", "Synaptic noise at level 1, soma")                                           \
    TRAIT(noise_dendrite, "uA/cm2", "the same, dendrite")

/* INPUT(id): a current, uA/cm2, synaptic conductances, mS/cm2, and the amplitude of noise, constant over a block. */
#define ML_MOTONEURON_INPUTS(INPUT)                                                                          \
    INPUT(current_soma) INPUT(excite_soma) INPUT(excite_dendrite)                                            \
    INPUT(inhibit_soma) INPUT(inhibit_dendrite) INPUT(noise_level)

typedef struct MlMotoneuronTraits {
#define TRAIT(id, unit, text) _Alignas(64) double id[ML_CELLS];
    ML_MOTONEURON_TRAITS(TRAIT)
#undef TRAIT
} MlMotoneuronTraits;

typedef struct MlMotoneurons {
#define STATE(id) _Alignas(64) double id[ML_CELLS];
    ML_MOTONEURON_STATES(STATE)
#undef STATE
    _Alignas(64) unsigned long long random[ML_CELLS];
    _Alignas(64) double fired[ML_CELLS]; /* 1 where the last block held a spike, else 0 */
} MlMotoneurons;

typedef struct MlMotoneuronInputs {
#define INPUT(id) _Alignas(64) double id[ML_CELLS];
    ML_MOTONEURON_INPUTS(INPUT)
#undef INPUT
} MlMotoneuronInputs;

/* The cell of Booth, Rinzel & Kiehn 1997, under serotonin too (less potassium opened by calcium: bistable). */
void ml_motoneuron_published(MlMotoneuronTraits *traits, int aroused);

/* At -60 mV with open sodium channels, each with its own random sequence. */
void ml_motoneuron_start(MlMotoneurons *cells);

/* One block of ML_BLOCK_STEPS steps of step ms, cell by cell or eight at a time: the same bits. */
void ml_motoneuron_block1(const MlMotoneuronTraits *traits, const MlMotoneuronInputs *inputs, double step,
                          MlMotoneurons *cells);
void ml_motoneuron_block8(const MlMotoneuronTraits *traits, const MlMotoneuronInputs *inputs, double step,
                          MlMotoneurons *cells);

#endif
