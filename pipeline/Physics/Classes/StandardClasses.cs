using TauPipeline.Expressions;

namespace TauPipeline.Physics;

/// <summary>
/// The classes of a campaign that names none: genuine taus told from electrons, muons and jets (data-preparation 2.3), those of
/// embedded samples and collision data aside.
/// </summary>
public static class StandardClasses
{
    /// <summary>Electrons, prompt or from taus.</summary>
    public static TauClass Electron { get; } = new(0, "e");

    /// <summary>Muons, prompt or from taus.</summary>
    public static TauClass Muon { get; } = new(1, "mu");

    /// <summary>Genuine hadronic taus.</summary>
    public static TauClass Tau { get; } = new(2, "tau");

    /// <summary>Quark or gluon jets.</summary>
    public static TauClass Jet { get; } = new(3, "jet");

    /// <summary>Candidates of collision data, without truth.</summary>
    public static TauClass Data { get; } = new(8, "data");

    /// <summary>All of them.</summary>
    public static ClassScheme Scheme { get; } = new(
    [
        Of(Electron, ClassRole.Background, "Electrons", "gen_match in {1, 3}", SampleType.Simulation),
        Of(Muon, ClassRole.Background, "Muons", "gen_match in {2, 4}", SampleType.Simulation),
        Of(Tau, ClassRole.Signal, "Genuine taus", "gen_match == 5", SampleType.Simulation),
        Of(Jet, ClassRole.Background, "Jets", "gen_match == 6", SampleType.Simulation),
        Of(new(4, "emb_e"), ClassRole.Aside, "Embedded electrons", "gen_match == 3", SampleType.Embedded),
        Of(new(5, "emb_mu"), ClassRole.Aside, "Embedded muons", "gen_match == 4", SampleType.Embedded),
        Of(new(6, "emb_tau"), ClassRole.Aside, "Embedded taus", "gen_match == 5", SampleType.Embedded),
        Of(new(7, "emb_jet"), ClassRole.Aside, "Embedded jets", "gen_match == 6", SampleType.Embedded),
        new(
            Data,
            ClassRole.Aside,
            "Data",
            Expression.Parse($"{CandidateColumns.SampleType} == {(int)SampleType.Data}", "the standard class data")),
    ]);

    private static ClassDefinition Of(TauClass one, ClassRole role, string title, string match, SampleType sample) =>
        new(
            one,
            role,
            title,
            Expression.Parse($"{match} and {CandidateColumns.SampleType} == {(int)sample}", $"the standard class {one.Name}"));
}
