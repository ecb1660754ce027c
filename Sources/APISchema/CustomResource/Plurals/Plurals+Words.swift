/// The words and endings by which flect makes plurals before its version 1.0.
///
/// `leaf>leaves`: what the word or ending becomes. `@022-025`: in these versions only. Of endings, the first that fits
/// counts.
extension Plurals {
  static let earlyWords = """
    aircraft>aircraft alias>aliases alumna>alumnae alumnus>alumni analysis>analyses antenna>antennas \
    antithesis>antitheses apex>apexes appendix>appendices axis>axes bacillus>bacilli bacterium>bacteria basis>bases \
    beau>beaus bison>bison bureau>bureaus bus>buses campus>campuses caucus>caucuses child>children@022-030 \
    château>châteaux circus>circuses codex>codices concerto>concertos corpus>corpora crisis>crises \
    criterion>criteria@030-030 curriculum>curriculums datum>data dear>dear@020-020 deer>deer diagnosis>diagnoses \
    die>dice dwarf>dwarves ellipsis>ellipses equipment>equipment erratum>errata faux_pas>faux_pas@020-025 \
    fez>fezzes fish>fish focus>foci foo>foos foot>feet formula>formulas fungus>fungi genus>genera goose>geese \
    graffito>graffiti grouse>grouse half>halves halo>halos hoof>hooves human>humans hypothesis>hypotheses \
    index>indices information>information jeans>jeans larva>larvae libretto>librettos loaf>loaves locus>loci \
    louse>lice matrix>matrices medium>media@030-030 minutia>minutiae money>money moose>moose mouse>mice \
    nebula>nebulae news>news nucleus>nuclei oasis>oases octopus>octopi offspring>offspring opus>opera ovum>ova \
    ox>oxen parenthesis>parentheses person>people@030-030 phenomenon>phenomena photo>photos phylum>phyla \
    piano>pianos plus>pluses police>police prognosis>prognoses prometheus>prometheuses quiz>quizzes \
    quota>quotas@022-030 radius>radiuses referendum>referendums ress>resses rice>rice salmon>salmon series>series \
    sex>sexes@022-030 sheep>sheep shoe>shoes shrimp>shrimp species>species stimulus>stimuli stratum>strata \
    swine>swine syllabus>syllabi symposium>symposiums synapse>synapses@022-030 synopsis>synopses tableau>tableaus \
    testis>testes thesis>theses thief>thieves tooth>teeth trout>trout tuna>tuna vedalia>vedalias@022-030 \
    vertebra>vertebrae vertix>vertices vita>vitae vortex>vortices wharf>wharves wife>wives wolf>wolves \
    woman>women@022-030 you>you
    """

  static let earlyEndings = """
    iterion>iteria@020-025 campus>campuses genera>genus@020-025 person>people phylum>phyla randum>randa actus>acti \
    adium>adia alias>aliases@020-020 basis>basis child>children chive>chives focus>foci genus>genera@030-030 \
    hello>hellos jeans>jeans louse>lice media>media@022-030 mouse>mice movie>movies oasis>oasis atum>ata \
    atus>atuses base>bases cess>cesses dium>diums eses>esis half>halves hive>hives iano>ianos irus>iri isis>ises \
    leus>li mnus>mni move>moves news>news odex>odice oose>eese ouse>ouses ovum>ova rion>ria@020-025 shoe>shoes \
    stis>stes tive>tives vice>vices@023-030 wife>wives afe>aves bfe>bves box>boxes cfe>cves dfe>dves dge>dges \
    efe>eves gfe>gves hfe>hves ife>ives itz>itzes ium>ia ize>izes jfe>jves kfe>kves man>men mfe>mves nfe>nves \
    nna>nnas oaf>oaves oci>ocus ode>odes ofe>oves oot>eet@020-023 pfe>pves pse>psis@020-025 qfe>qves quy>quies \
    rfe>rves sfe>sves tfe>tves tum>ta tus>tuses ufe>uves ula>ulae ula>ulas uli>ulus use>uses uss>usses vfe>vves \
    wfe>wves xfe>xves yfe>yves you>you zfe>zves by>bies ch>ches cy>cies dy>dies ex>ices fy>fies gy>gies hy>hies \
    io>ios jy>jies ky>kies ld>ldren@020-020 lf>lves ly>lies my>mies ny>nies ox>oxen@020-020 py>pies qy>qies rf>rves \
    ry>ries sh>shes ss>sses sy>sies ty>ties tz>tzes va>vae vy>vies wy>wies xy>xies zy>zies zz>zzes o>oes x>xes
    """
}
