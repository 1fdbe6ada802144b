namespace KiwiBalancer.Demo.Measuring;

/// <summary>A client over the time of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Weight">Its relative claim.</param>
/// <param name="InFlight">Slots it held on average in each bin, as the server counted.</param>
/// <param name="Ideal">Slots an ideal balancer would have given it, in each bin.</param>
internal sealed record ClientCourse(string Name, int Weight, double[] InFlight, double[] Ideal);
