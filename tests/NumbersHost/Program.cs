using System.Globalization;
using TauPipeline.Tensors;
using TauPipeline.Tests.NumbersHost;
using TorchSharp;

// libtorch in a process of its own, so that tests can run it in other numeric environments and on other processors:
//   threads N       how many threads it computes with in the portable environment of N
//   versions N      the versions that it tells
//   operations N    a line for each operation of a training: its name and the hash of what it gives, with N threads
int threads = int.Parse(args[1], CultureInfo.InvariantCulture);
TensorLibrary.Load(NumericEnvironment.Portable(threads));
IEnumerable<string> lines = args[0] switch
{
    "threads" => [$"{torch.get_num_threads()}"],
    "versions" => TensorLibrary.Versions,
    _ => Operations.All().Select(one => $"{one.Name} {one.Hash}"),
};
foreach (string line in lines) Console.WriteLine(line);
