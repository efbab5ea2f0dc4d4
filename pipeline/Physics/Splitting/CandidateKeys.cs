using TauPipeline.Columns;
using TauPipeline.Foundation;

namespace TauPipeline.Physics;

/// <summary>
/// 128 mixed bits that tell events and candidates of a batch apart: two of them are equal by chance once in 1e20, even among 1e9.
/// A candidate is told by its event and by what is stored of its kinematics, bit by bit: simulated samples that count their
/// events from 1 share numbers, but no candidate.
/// </summary>
internal readonly ref struct CandidateKeys
{
    private readonly ReadOnlySpan<uint> _run, _lumi;
    private readonly ReadOnlySpan<ulong> _evt;
    private readonly ReadOnlySpan<float> _pt, _eta, _phi;
    private readonly ReadOnlySpan<int> _decayMode;
    private readonly double[] _charge;

    /// <summary>
    /// Keys of a batch with the columns of <see cref="CandidateColumns.Event"/> and <see cref="CandidateColumns.Kinematics"/>; the charge
    /// counts where it is named.
    /// </summary>
    public CandidateKeys(Batch rows, string? charge = null)
    {
        _run = rows.Flat<uint>(CandidateColumns.Run);
        _lumi = rows.Flat<uint>(CandidateColumns.Lumi);
        _evt = rows.Flat<ulong>(CandidateColumns.Evt);
        _pt = rows.Flat<float>(CandidateColumns.Pt);
        _eta = rows.Flat<float>(CandidateColumns.Eta);
        _phi = rows.Flat<float>(CandidateColumns.Phi);
        _decayMode = rows.Flat<int>(CandidateColumns.DecayMode);
        _charge = charge is null ? [] : rows[charge].ToDoubles();
    }

    /// <summary>The event, among those that are numbered together: (run, lumi, event) alone.</summary>
    public UInt128 Event(int row, int numbering) => Mixed(row, (uint)numbering);

    /// <summary>The event and the candidate's kinematics, whatever numbers are stored of its place in the event.</summary>
    public UInt128 Candidate(int row) => Mixed(row, Kinematics(row));

    /// <summary>The event, the candidate's kinematics, and a number of its place in the event.</summary>
    public UInt128 Candidate(int row, ulong place) => Mixed(row, Next(Kinematics(row), place));

    private UInt128 Mixed(int row, ulong what)
    {
        var mixed = new CounterRandom(_evt[row], Next(((ulong)_run[row] << 32) | _lumi[row], what));
        return new UInt128(mixed.NextUInt64(), mixed.NextUInt64());
    }

    private ulong Kinematics(int row)
    {
        ulong key = Next(Bits(_pt[row], _eta[row]), ((ulong)BitConverter.SingleToUInt32Bits(_phi[row]) << 32) | (uint)_decayMode[row]);
        return _charge.Length == 0 ? key : Next(key, BitConverter.DoubleToUInt64Bits(_charge[row]));
    }

    private static ulong Bits(float high, float low) =>
        ((ulong)BitConverter.SingleToUInt32Bits(high) << 32) | BitConverter.SingleToUInt32Bits(low);

    private static ulong Next(ulong key, ulong index) => new CounterRandom(key, index).NextUInt64();
}
