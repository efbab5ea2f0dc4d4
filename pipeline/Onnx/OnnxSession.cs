using System.Runtime.Intrinsics.X86;
using Microsoft.ML.OnnxRuntime;
using TauPipeline.Foundation;

namespace TauPipeline.Onnx;

/// <summary>A tensor that goes into a model or comes out of one.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its dimensions; -1 is free.</param>
public sealed record OnnxValue(string Name, IReadOnlyList<long> Shape);

/// <summary>
/// A model in ONNX that runs, on one thread: on one machine its results do not depend on how busy that is. Between processors they are not
/// the same to the last bit.
/// </summary>
public sealed class OnnxSession : IDisposable
{
    private readonly string _model;
    private readonly InferenceSession _session;

    /// <summary>Loads a model.</summary>
    /// <param name="bytes">Its file.</param>
    /// <param name="model">What it is called in messages: its path.</param>
    /// <exception cref="StepFailed">It is none, or none that this version of ONNX Runtime takes; or its inputs are not of float32.</exception>
    public OnnxSession(byte[] bytes, string model)
    {
        OnnxNatives.Find();
        _model = model;
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // what is wrong comes as an exception
        };
        try
        {
            _session = new InferenceSession(bytes, options);
        }
        catch (OnnxRuntimeException cause)
        {
            throw OnnxErrors.NotAModel(model, cause);
        }
        (Inputs, Outputs) = (Values(_session.InputMetadata), Values(_session.OutputMetadata));
    }

    /// <summary>What results depend on, beside the processor.</summary>
    public static IReadOnlyList<string> Tools => [OnnxNatives.Package.Replace('-', ' ')];

    /// <summary>The widest instructions of this processor, by which the library chooses how it calculates.</summary>
    public static string Processor => "processor " + (Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : "x86-64");

    /// <summary>What it takes, in its order.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    /// <summary>What it gives, in its order.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <summary>Texts that came with it.</summary>
    public IReadOnlyDictionary<string, string> Texts => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>One output for these inputs, row-major.</summary>
    /// <param name="inputs">Numbers and dimensions of each input, by its name.</param>
    /// <param name="output">Name of the output.</param>
    /// <exception cref="StepFailed">An input is not given, there is no such output, or the model refuses the shapes.</exception>
    public float[] Run(IReadOnlyDictionary<string, (float[] Values, long[] Shape)> inputs, string output)
    {
        if (Inputs.FirstOrDefault(input => !inputs.ContainsKey(input.Name)) is { } lacking)
            throw OnnxErrors.NoInput(_model, lacking.Name, inputs.Keys);
        if (!Outputs.Any(one => one.Name == output)) throw OnnxErrors.NoOutput(_model, output, Outputs.Select(one => one.Name));
        OrtValue[] values = [.. Inputs.Select(input => Tensor(inputs[input.Name]))];
        try
        {
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results =
                _session.Run(options, [.. Inputs.Select(input => input.Name)], values, [output]);
            return results[0].GetTensorDataAsSpan<float>().ToArray();
        }
        catch (OnnxRuntimeException cause)
        {
            throw OnnxErrors.DidNotRun(_model, cause);
        }
        finally
        {
            foreach (OrtValue value in values) value.Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OrtValue Tensor((float[] Values, long[] Shape) input) => OrtValue.CreateTensorValueFromMemory(input.Values, input.Shape);

    private IReadOnlyList<OnnxValue> Values(IReadOnlyDictionary<string, NodeMetadata> values) =>
    [
        .. values.Select(value => value.Value.IsTensor && value.Value.ElementType == typeof(float)
            ? new OnnxValue(value.Key, [.. value.Value.Dimensions.Select(size => (long)size)])
            : throw OnnxErrors.NotFloats(_model, value.Key, $"{value.Value.ElementType}")),
    ];
}
